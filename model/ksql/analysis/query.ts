import { all, either, nearest } from "../../words.ts";
import { quotedName } from "../ident.ts";
import { expressionText, itemText, listText, windowText } from "../normal.ts";
import type { Report } from "../reading/build.ts";
import type { SqlType } from "../sqlType.ts";
import type { Catalogue, PlanStep, RelationKind, WindowKind } from "../statement.ts";
import { allPartsOf, partsOf, type Expression, type Query, type Source } from "../syntax.ts";
import { aggregateFunctions, tableAggregates, tableFunctions } from "../typing/functions.ts";
import type { MaybeType } from "../typing/coercion.ts";
import { typeOf, wantBoolean, type Surroundings } from "../typing/expressions.ts";
import { describeMilliseconds, millisecondsOf } from "./duration.ts";
import { joined, keyOf, sourceStep, type Joined, type KeyPart } from "./joins.ts";
import { projected, type ResultColumn } from "./projection.ts";
import { columnType, identityOf, windowBounds, type Scope, type ScopeSource } from "./scope.ts";

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
    isKnown &&= severity === "warning";
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

function aggregatesOf(query: Query): string[] {
  const expressions = [
    ...query.items.flatMap((item) => (item.kind === "expression" ? [item.value] : [])),
    ...(query.having === undefined ? [] : [query.having]),
  ];
  return expressions
    .flatMap(allPartsOf)
    .flatMap((part) => (part.kind === "call" && part.name.text in aggregateFunctions ? [part.name.text] : []));
}

/** Clauses that do not go together. */
function clauseMistakes(query: Query, from: Joined, isPersistent: boolean, isAggregate: boolean, report: Report): void {
  const { window, groupBy, partitionBy, having, emit, limit } = query;
  const [first] = groupBy;
  const [partition] = partitionBy;
  const aggregates = [...new Set(aggregatesOf(query))];
  if (isAggregate && first === undefined) {
    const fix = isPersistent
      ? "To aggregate everything, add a column with one value first, and group by it."
      : "Name the columns to group by.";
    report(query, `${all(aggregates)} ${aggregates.length > 1 ? "need" : "needs"} GROUP BY in ksqlDB. ${fix}`);
  }
  if (first !== undefined && aggregates.length === 0) {
    report(first, "GROUP BY needs an aggregate in SELECT or HAVING. Add COUNT(*), or re-key with PARTITION BY.");
  }
  if (window !== undefined) {
    windowMistakes(window, report);
    if (first === undefined) {
      report(window, "A WINDOW needs GROUP BY. Add GROUP BY, or take the WINDOW out.");
    }
    if (from.kind === "table") {
      report(
        window,
        "A WINDOW cuts a stream by time, and a table has only its present state. Read a stream, or take the WINDOW out.",
      );
    }
  }
  if (having !== undefined && first === undefined && !isAggregate) {
    report(having, "HAVING needs GROUP BY. Write WHERE.");
  }
  if (partition !== undefined) {
    if (first !== undefined) {
      report(partition, "GROUP BY makes the key already. Take PARTITION BY out.");
    } else if (from.kind === "table") {
      report(
        partition,
        "A table keeps its key: PARTITION BY is for streams. Take it out, or make another table with GROUP BY.",
      );
    }
  }
  if (emit?.kind === "FINAL" && window === undefined) {
    report(emit, "EMIT FINAL gives a window's last result, and there is no WINDOW. Write EMIT CHANGES.");
  }
  if (isPersistent && limit !== undefined) {
    report(limit, "A query that is kept has no LIMIT. Take it out.");
  }
  const windowedTable = from.scope.sources.find(
    ({ relation }) => relation.kind === "table" && relation.windowed !== undefined,
  );
  if (isPersistent && windowedTable !== undefined) {
    const name = quotedName(windowedTable.relation.name);
    report(
      query.from,
      `ksqlDB keeps no query over a windowed table, and ${name} is one. Declare a stream over its topic, with WINDOW_TYPE, and read that.`,
    );
  }
  if (isAggregate && from.kind === "table") {
    const refused = aggregates.filter((name) => !tableAggregates.has(name));
    if (refused.length > 0) {
      report(
        query,
        `${all(refused)} cannot take a row back when a table's row changes. Aggregate a stream, or take ${either([...tableAggregates])}.`,
      );
    }
  }
}

function windowMistakes(window: NonNullable<Query["window"]>, report: Report): void {
  const size = millisecondsOf(window.size);
  const grace = window.grace === undefined ? 0 : millisecondsOf(window.grace);
  if (size === 0) {
    report(window.size, "A window has a length. Write 1 HOUR, or the like.");
  }
  if (window.advance !== undefined && (millisecondsOf(window.advance) > size || window.advance.count === 0)) {
    report(
      window.advance,
      `A hopping window advances by no more than its size, or it would skip rows. Write ADVANCE BY ${describeMilliseconds(size)} or less.`,
    );
  }
  if (window.retention !== undefined && millisecondsOf(window.retention) < size + grace) {
    report(
      window.retention,
      `Rows may come for ${describeMilliseconds(size + grace)}, the window and its grace, and it is kept for ${describeMilliseconds(millisecondsOf(window.retention))} only. ` +
        `Write RETENTION ${describeMilliseconds(size + grace)} or more.`,
    );
  }
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

/** A column beside aggregates has many values in a group, unless it is grouped by. */
function groupMistakes(query: Query, scope: Scope, report: Report): void {
  const grouped = query.groupBy.map((expression) => identityOf(scope, expression));
  const check = (expression: Expression): void => {
    if (
      grouped.includes(identityOf(scope, expression)) ||
      (expression.kind === "call" && expression.name.text in aggregateFunctions)
    ) {
      return;
    }
    if (expression.kind === "column" && !windowBounds.some((bound) => bound === expression.name.text)) {
      const text = expressionText(expression);
      report(expression, `${text} has many values in a group. Write LATEST_BY_OFFSET(${text}), or add it to GROUP BY.`);
    }
    partsOf(expression).forEach(check);
  };
  for (const item of query.items) {
    if (item.kind === "expression") {
      check(item.value);
    } else {
      report(item, "* has many values in a group. Name the columns of GROUP BY, and aggregate the others.");
    }
  }
  if (query.having !== undefined) {
    check(query.having);
  }
}

function tableFunctionMistakes(query: Query, report: Report): void {
  const calls = query.items.flatMap((item) =>
    item.kind === "expression" && item.value.kind === "call" && item.value.name.text in tableFunctions ? [item] : [],
  );
  const [first] = calls;
  if (first !== undefined && query.joins.length > 0) {
    report(first, "Functions that make rows do not go with a JOIN. Make the rows in a statement of its own first.");
  }
}

function stepsOf(query: Query, from: Joined, isAggregate: boolean): PlanStep[] {
  const { where, groupBy, partitionBy, window, having, emit } = query;
  const isTable = from.kind === "table";
  const items = query.items.map(itemText).join(", ");
  const hasRows = query.items.some(
    (item) => item.kind === "expression" && item.value.kind === "call" && item.value.name.text in tableFunctions,
  );
  const aggregate: PlanStep =
    window === undefined
      ? { kind: isTable ? "tableAggregate" : "streamAggregate", text: items }
      : { kind: "windowedAggregate", window: window.kind, text: `${windowText(window)} ${items}` };
  return [
    ...from.steps,
    ...(where === undefined
      ? []
      : [{ kind: isTable ? "tableFilter" : "streamFilter", text: `WHERE ${expressionText(where)}` } as const]),
    ...(hasRows ? [{ kind: "flatMap", text: items } as const] : []),
    ...(partitionBy.length === 0
      ? []
      : [{ kind: "partitionBy", text: `PARTITION BY ${listText(partitionBy)}` } as const]),
    ...(isAggregate ? [{ kind: "groupBy", text: `GROUP BY ${listText(groupBy)}` } as const, aggregate] : []),
    ...(having === undefined ? [] : [{ kind: "having", text: `HAVING ${expressionText(having)}` } as const]),
    ...(emit?.kind === "FINAL" ? [{ kind: "suppress", text: "EMIT FINAL" } as const] : []),
    { kind: "project", text: `SELECT ${items}` },
  ];
}
