import { all, either, nearest } from "../../words.ts";
import { expressionText } from "../expressionText.ts";
import { quotedName } from "../ident.ts";
import type { Report } from "../reading/build.ts";
import type { SqlType } from "../sqlType.ts";
import type { Relation } from "../statement.ts";
import { partsOf, type ColumnReference, type Expression } from "../syntax.ts";
import type { MaybeType } from "../typing/coercion.ts";

export interface ScopeSource {
  readonly alias: string;
  readonly relation: Relation;
}

/** The names that expressions of a query can use. */
export interface Scope {
  readonly sources: readonly ScopeSource[];
  /** One of its relations is not known, so that any name may be right. */
  readonly isOpen: boolean;
  /** Names that belong to no source: bounds of the query's window, a join's own key. */
  readonly own: ReadonlyMap<string, SqlType>;
}

const bigint: SqlType = { base: "BIGINT" };
/** Columns that every source has besides its own. */
const pseudoColumns: ReadonlyMap<string, SqlType> = new Map<string, SqlType>([
  ["ROWTIME", bigint],
  ["ROWPARTITION", { base: "INTEGER" }],
  ["ROWOFFSET", bigint],
]);
export const windowBounds = ["WINDOWSTART", "WINDOWEND"] as const;

export function isPseudoColumn(name: string): boolean {
  return pseudoColumns.has(name) || windowBounds.some((bound) => bound === name);
}

/** Where a column comes from. */
export interface Resolved {
  /** `undefined` for a name that belongs to no source. */
  readonly source: ScopeSource | undefined;
  readonly name: string;
  readonly type: SqlType;
  readonly isKey: boolean;
}

export function resolve(scope: Scope, { source, name }: ColumnReference): Resolved[] {
  const own = source === undefined ? scope.own.get(name.text) : undefined;
  if (own !== undefined) {
    return [{ source: undefined, name: name.text, type: own, isKey: false }];
  }
  return scope.sources
    .filter(({ alias }) => source === undefined || alias === source.text)
    .flatMap((candidate): Resolved[] => {
      const column = candidate.relation.columns.find((other) => other.name === name.text);
      const type = column?.type ?? pseudoType(candidate.relation, name.text);
      return type === undefined ? [] : [{ source: candidate, name: name.text, type, isKey: column?.isKey === true }];
    });
}

function pseudoType(relation: Relation, name: string): SqlType | undefined {
  return (
    pseudoColumns.get(name) ??
    (relation.windowed !== undefined && windowBounds.some((bound) => bound === name) ? bigint : undefined)
  );
}

/** The type of a column; reports one that is not there, or is there twice. */
export function columnType(scope: Scope, reference: ColumnReference, report: Report): MaybeType {
  const found = resolve(scope, reference);
  const [first, second] = found;
  if (second !== undefined) {
    const choices = found.map(({ source, name }) => `${quotedName(source?.alias ?? "")}.${quotedName(name)}`);
    report(
      reference,
      `${quotedName(reference.name.text)} is in ${all(found.map(({ source }) => quotedName(source?.alias ?? "")))}. Write ${either(choices)}.`,
    );
  }
  if (first === undefined && !scope.isOpen) {
    report(reference, unknownColumn(scope, reference));
  }
  return second === undefined ? first?.type : undefined;
}

function unknownColumn(scope: Scope, reference: ColumnReference): string {
  const { source, name } = reference;
  if (source !== undefined && !scope.sources.some(({ alias }) => alias === source.text)) {
    const renamed = scope.sources.find(({ relation }) => relation.name === source.text);
    if (renamed !== undefined) {
      const alias = quotedName(renamed.alias);
      return `${quotedName(source.text)} is called ${alias} in this query. Write ${alias}.${quotedName(name.text)}.`;
    }
    const column = scope.sources
      .flatMap(({ relation }) => relation.columns)
      .find((candidate) => candidate.name === source.text);
    if (column?.type.base === "STRUCT") {
      return `A field of a STRUCT is taken with ->, not with a point. Write ${quotedName(source.text)}->${quotedName(name.text)}.`;
    }
    const aliases = scope.sources.map(({ alias }) => quotedName(alias));
    return `Nothing is called ${quotedName(source.text)} in this query. Write ${nearest(source.text, aliases) ?? either(aliases)}.`;
  }
  if (windowBounds.some((bound) => bound === name.text)) {
    return `${name.text} is there only where there is a WINDOW. Add a WINDOW clause, or take ${name.text} out.`;
  }
  const sources = scope.sources.filter(({ alias }) => source === undefined || alias === source.text);
  const names = sources.flatMap(({ relation }) => relation.columns.map((column) => column.name));
  const relations = sources.map(({ relation }) => quotedName(relation.name));
  const [verb, start] = relations.length > 1 ? ["has", "None of "] : ["has no", ""];
  const meant = names.find((other) => other.toUpperCase() === name.text.toUpperCase()) ?? nearest(name.text, names);
  if (meant === undefined && name.isQuoted) {
    return `${all(relations)} has no column ${quotedName(name.text)}. Write '${name.text}' in single quotes if it is text.`;
  }
  const fix = meant === undefined ? `There are ${all(names.map(quotedName))}.` : `Write ${quotedName(meant)}.`;
  return relations.length > 1
    ? `${start}${all(relations)} ${verb} a column ${quotedName(name.text)}. ${fix}`
    : `${relations[0] ?? ""} ${verb} column ${quotedName(name.text)}. ${fix}`;
}

/** The text of an expression in which every column is qualified, so that equal expressions have equal texts. */
export function identityOf(scope: Scope, expression: Expression): string {
  return expressionText(qualified(scope, expression));
}

function qualified(scope: Scope, expression: Expression): Expression {
  if (expression.kind === "column") {
    const [resolved] = resolve(scope, expression);
    return resolved?.source === undefined
      ? expression
      : { ...expression, source: { ...expression.name, text: resolved.source.alias } };
  }
  const parts = partsOf(expression);
  return parts.length === 0 ? expression : replaced(expression, (part) => qualified(scope, part));
}

/** An expression with something else for each part right inside it. */
function replaced(expression: Expression, change: (part: Expression) => Expression): Expression {
  switch (expression.kind) {
    case "call":
      return { ...expression, arguments: expression.arguments.map(change) };
    case "binary":
      return { ...expression, left: change(expression.left), right: change(expression.right) };
    case "lambda":
      return { ...expression, body: change(expression.body) };
    case "case":
      return {
        ...expression,
        operand: expression.operand && change(expression.operand),
        branches: expression.branches.map(({ when, then }) => ({ when: change(when), then: change(then) })),
        otherwise: expression.otherwise && change(expression.otherwise),
      };
    case "between":
      return {
        ...expression,
        value: change(expression.value),
        lower: change(expression.lower),
        upper: change(expression.upper),
      };
    case "in":
      return { ...expression, value: change(expression.value), choices: expression.choices.map(change) };
    case "like":
      return { ...expression, value: change(expression.value), pattern: change(expression.pattern) };
    case "subscript":
      return { ...expression, value: change(expression.value), index: change(expression.index) };
    case "cast":
    case "unary":
    case "isNull":
    case "dereference":
      return { ...expression, value: change(expression.value) };
    case "array":
      return { ...expression, items: expression.items.map(change) };
    case "map":
      return {
        ...expression,
        entries: expression.entries.map(({ key, value }) => ({ key: change(key), value: change(value) })),
      };
    case "struct":
      return { ...expression, fields: expression.fields.map(({ name, value }) => ({ name, value: change(value) })) };
    default:
      return expression;
  }
}
