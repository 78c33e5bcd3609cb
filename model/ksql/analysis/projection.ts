import { expressionText } from "../expressionText.ts";
import { quotedName } from "../ident.ts";
import type { Report } from "../reading/build.ts";
import type { Position } from "../statement.ts";
import type { Expression, Query, SelectItem } from "../syntax.ts";
import type { MaybeType } from "../typing/coercion.ts";
import { typeOf, type Surroundings } from "../typing/expressions.ts";
import type { Joined, KeyPart } from "./key.ts";
import { identityOf, type Scope } from "./scope.ts";

/** One column of a result. */
export interface ResultColumn extends Position {
  readonly name: string;
  readonly type: MaybeType;
  /** What it is made of, columns qualified. */
  readonly identity: string;
  /** `undefined` for a column that `*` brought. */
  readonly expression: Expression | undefined;
  /** The part of the key that it is; `undefined` for a column of the value. */
  readonly key: KeyPart | undefined;
  /** It has no alias and no name of its own. */
  readonly isUnnamed: boolean;
}

/** The columns of a SELECT list, keys first. */
export function projected(
  query: Query,
  from: Joined,
  key: readonly KeyPart[],
  around: Surroundings,
  report: Report,
): ResultColumn[] {
  const counter = { generated: 0 };
  const columns = query.items.flatMap((item) => columnsOf(item, from, around, counter, report));
  const taken = new Set<KeyPart>();
  const isAggregate = query.groupBy.length > 0;
  const marked = columns.map((column): ResultColumn => {
    const part = key.find((candidate) => candidate.identities.includes(column.identity));
    if (part === undefined) {
      return column;
    }
    if (taken.has(part)) {
      // The other side of a join is a column like any other; the same column again is refused.
      const isOtherSide =
        !isAggregate && column.identity !== columns.find((other) => part.identities.includes(other.identity))?.identity;
      if (!isOtherSide && column.expression !== undefined) {
        const text = expressionText(column.expression);
        report(
          column,
          `The key ${text} is there twice, and only one can be the key. Write AS_VALUE(${text}) for the other.`,
        );
      }
      return column;
    }
    taken.add(part);
    return { ...column, key: part };
  });
  doubleNames(marked, report);
  const order = (column: ResultColumn) => (column.key === undefined ? key.length : key.indexOf(column.key));
  return marked.toSorted((a, b) => order(a) - order(b));
}

function columnsOf(
  item: SelectItem,
  from: Joined,
  around: Surroundings,
  counter: { generated: number },
  report: Report,
): ResultColumn[] {
  const { scope } = from;
  const at = { line: item.line, column: item.column };
  if (item.kind === "all") {
    return starColumns(item.source?.text, from, at, report);
  }
  if (item.kind === "fields") {
    const type = typeOf(item.value, around);
    if (type !== undefined && type.base !== "STRUCT") {
      report(item, `->* takes the fields out of a STRUCT, and ${expressionText(item.value)} is none. Take ->* out.`);
    }
    const fields = type?.base === "STRUCT" ? type.fields : [];
    return fields.map(({ name, type: field }) => ({
      ...at,
      name,
      type: field,
      identity: `${identityOf(scope, item.value)}->${quotedName(name)}`,
      expression: undefined,
      key: undefined,
      isUnnamed: false,
    }));
  }
  const type = typeOf(item.value, around);
  const own = item.alias?.text ?? ownName(scope, item.value);
  return [
    {
      ...at,
      name: own ?? `KSQL_COL_${counter.generated++}`,
      type,
      identity: identityOf(scope, item.value),
      expression: item.value,
      key: undefined,
      isUnnamed: own === undefined,
    },
  ];
}

/** A bare column keeps its name, with its source's before it where both sides of a join have it. */
function ownName(scope: Scope, expression: Expression): string | undefined {
  if (expression.kind === "dereference") {
    return expression.field.text;
  }
  if (expression.kind !== "column") {
    return undefined;
  }
  const { name, source } = expression;
  const owners = scope.sources.filter(({ relation }) => relation.columns.some((column) => column.name === name.text));
  return owners.length > 1 && source !== undefined ? `${source.text}_${name.text}` : name.text;
}

/** `*`: in a join every column with its source's alias before it, and the key that the join made of its own. */
function starColumns(only: string | undefined, from: Joined, at: Position, report: Report): ResultColumn[] {
  const { scope, key } = from;
  const sources = scope.sources.filter(({ alias }) => only === undefined || alias === only);
  if (only !== undefined && sources.length === 0 && !scope.isOpen) {
    const aliases = scope.sources.map(({ alias }) => quotedName(alias)).join(" or ");
    report(at, `Nothing is called ${quotedName(only)} in this query. Write ${aliases}.`);
  }
  const isJoin = scope.sources.length > 1;
  const own = only === undefined ? key.parts.filter(({ isSynthetic }) => isSynthetic) : [];
  return [
    ...own.map(({ name, type, text }) => ({ name, type, identity: text })),
    ...sources.flatMap(({ alias, relation }) =>
      relation.columns.map(({ name, type }) => ({
        name: isJoin ? `${alias}_${name}` : name,
        type,
        identity: `${quotedName(alias)}.${quotedName(name)}`,
      })),
    ),
  ].map((column) => ({ ...at, ...column, expression: undefined, key: undefined, isUnnamed: false }));
}

function doubleNames(columns: readonly ResultColumn[], report: Report): void {
  for (const [index, column] of columns.entries()) {
    if (columns.findIndex(({ name }) => name === column.name) < index) {
      report(column, `There are two columns ${quotedName(column.name)}. Give one of them another name with AS.`);
    }
  }
}
