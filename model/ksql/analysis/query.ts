import { all, nearest } from "../../words.ts";
import { expressionText } from "../expressionText.ts";
import { quotedName } from "../ident.ts";
import type { Report } from "../reading/build.ts";
import type { SqlType } from "../sqlType.ts";
import type { Catalogue, PlanStep, RelationKind, WindowKind } from "../statement.ts";
import type { Query, Source } from "../syntax.ts";
import type { MaybeType } from "../typing/coercion.ts";
import { typeOf, type Surroundings } from "../typing/expressions.ts";
import { wantBoolean } from "../typing/operators.ts";
import { aggregatesOf, clauseMistakes, groupMistakes, tableFunctionMistakes } from "./clauses.ts";
import { joined } from "./joins.ts";
import { keyOf, sourceStep, type Joined, type KeyPart } from "./key.ts";
import { projected, type ResultColumn } from "./projection.ts";
import { columnType, identityOf, windowBounds, type Scope, type ScopeSource } from "./scope.ts";
import { stepsOf } from "./steps.ts";

/** What a query reads, does and gives. */
export interface AnalysedQuery {
  readonly query: Query;
  readonly from: Joined;
  /** Names of what it reads, known or not. */
  readonly reads: readonly string[];
  readonly kind: RelationKind;
  readonly windowed: WindowKind | undefined;
  readonly key: readonly KeyPart[];
  /** Key columns first. */
  readonly columns: readonly ResultColumn[];
  readonly steps: readonly PlanStep[];
  /** All names and types are known. */
  readonly isKnown: boolean;
}

/** What there is to read. */
export interface Known {
  readonly catalogue: Catalogue;
  /** Names that will be there once mistakes in their own statements are mended. */
  readonly broken?: ReadonlySet<string> | undefined;
}

const bigint: SqlType = { base: "BIGINT" };

export function analyseQuery(query: Query, known: Known, isPersistent: boolean, report: Report): AnalysedQuery {
  let isKnown = true;
  const noted: Report = (at, text, severity) => {
    isKnown &&= severity !== undefined && severity !== "refused";
    report(at, text, severity);
  };
  const from = fromClause(query, known, noted);
  const isAggregate = query.groupBy.length > 0 || aggregatesOf(query).length > 0;
  const own = new Map<string, SqlType>([
    ...(query.window === undefined ? [] : windowBounds.map((bound) => [bound, bigint] as const)),
    ...from.key.parts.flatMap(({ isSynthetic, name, type }) =>
      isSynthetic && type !== undefined ? [[name, type] as const] : [],
    ),
  ]);
  const scope: Scope = { ...from.scope, own };
  const around = (noAggregates: string | undefined, noTableFunctions: string | undefined): Surroundings => ({
    columnType: (reference) => columnType(scope, reference, noted),
    report: noted,
    isPersistent,
    noAggregates,
    noTableFunctions,
  });
  const single = (clause: string, fix: string) =>
    around(`${clause} looks at single rows. ${fix}`, `${clause} has no place for it`);

  if (query.where !== undefined) {
    const type = typeOf(query.where, single("WHERE", "Write HAVING after GROUP BY"));
    wantBoolean(query.where, type, "WHERE", noted);
  }
  const partitionTypes = query.partitionBy.map((part) =>
    typeOf(part, single("PARTITION BY", "Aggregate in a statement of its own first")),
  );
  const groupTypes = query.groupBy.map((part) => typeOf(part, single("GROUP BY", "Group by columns")));
  if (query.having !== undefined) {
    const type = typeOf(query.having, around(undefined, "HAVING has no place for it"));
    wantBoolean(query.having, type, "HAVING", noted);
  }
  clauseMistakes(query, from, isPersistent, isAggregate, noted);
  const key =
    isAggregate && query.groupBy.length === 0
      ? []
      : keyAfter(query, { ...from, scope }, query.groupBy.length > 0 ? groupTypes : partitionTypes);
  const itemAround = around(
    undefined,
    isAggregate
      ? "it makes rows, and an aggregate takes them together. Make the rows in a statement of its own first"
      : undefined,
  );
  const columns = projected(query, { ...from, scope }, key, itemAround, noted);
  if (query.groupBy.length > 0) {
    groupMistakes(query, scope, noted);
  }
  tableFunctionMistakes(query, noted);
  if (from.scope.isOpen || columns.some(({ type }) => type === undefined)) {
    isKnown = false;
  }
  return {
    query,
    from: { ...from, scope },
    reads: [...new Set([query.from, ...query.joins.map(({ source }) => source)].map(({ name }) => name.text))],
    kind: isAggregate ? "table" : from.kind,
    windowed: query.window?.kind ?? (isAggregate || query.partitionBy.length > 0 ? undefined : from.leftmost?.windowed),
    key,
    columns,
    steps: stepsOf(query, from, isAggregate),
    isKnown,
  };
}

function fromClause(query: Query, { catalogue, broken }: Known, report: Report): Joined {
  const source = (named: Source): ScopeSource | undefined => {
    const relation = catalogue.get(named.name.text);
    if (relation === undefined && broken?.has(named.name.text) !== true) {
      report(named, unknownRelation(named.name.text, catalogue));
    }
    return relation && { alias: named.alias.text, relation };
  };
  const first = source(query.from);
  const start: Joined = {
    kind: first?.relation.kind ?? "stream",
    scope: { sources: first === undefined ? [] : [first], isOpen: first === undefined, own: new Map() },
    key: first === undefined ? { parts: [] } : keyOf(first, query.joins.length > 0),
    steps: first === undefined ? [] : [sourceStep(first)],
    leftmost: first?.relation,
    hasForeignKey: false,
  };
  const aliases = [query.from.alias.text];
  return query.joins.reduce((left, join) => {
    const alias = join.source.alias.text;
    if (aliases.includes(alias)) {
      report(join.source, `Two sources are called ${quotedName(alias)}. Give one of them another alias.`);
      return joined(left, join, undefined, report);
    }
    aliases.push(alias);
    return joined(left, join, source(join.source), report);
  }, start);
}

export function unknownRelation(name: string, catalogue: Catalogue): string {
  const names = [...catalogue.keys()];
  const meant = names.find((other) => other.toUpperCase() === name.toUpperCase()) ?? nearest(name, names);
  const fix = meant === undefined ? `There are ${all(names.map(quotedName))}.` : `Write ${quotedName(meant)}.`;
  return `There is no stream or table ${quotedName(name)}. ${fix}`;
}

/** What the result is keyed by; `types` are those of GROUP BY or else of PARTITION BY. */
function keyAfter(query: Query, from: Joined, types: readonly MaybeType[]): readonly KeyPart[] {
  const expressions = query.groupBy.length > 0 ? query.groupBy : query.partitionBy;
  if (expressions.length === 0) {
    return from.key.parts;
  }
  return expressions.flatMap((expression, index) => {
    const identity = identityOf(from.scope, expression);
    const text = expressionText(expression);
    const name = expression.kind === "column" ? expression.name.text : text;
    const isNull = expression.kind === "literal" && expression.type === "null";
    return isNull
      ? []
      : [{ identities: [identity], text, choices: [text], type: types[index], name, isSynthetic: false }];
  });
}
