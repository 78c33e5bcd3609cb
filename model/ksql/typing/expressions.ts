import { either, nearest } from "../../words.ts";
import { quotedName } from "../ident.ts";
import { expressionText } from "../normal.ts";
import type { Report } from "../reading/build.ts";
import { describeSqlType, sameSqlType, type SqlType } from "../sqlType.ts";
import type { Position } from "../statement.ts";
import {
  timeUnits,
  type Binary,
  type Call,
  type Case,
  type ColumnReference,
  type Expression,
  type Literal,
} from "../syntax.ts";
import { arithmeticType, commonType, isCastable, isComparable, isNumber, type MaybeType } from "./coercion.ts";
import { aggregateFunctions, foreignFunctions, scalarFunctions, tableFunctions } from "./functions.ts";
import { parseSignature, resultOf, type Argument } from "./signatures.ts";

/** What is known where an expression stands. */
export interface Surroundings {
  /** The type of a column; reports one that is not there. */
  readonly columnType: (reference: ColumnReference) => MaybeType;
  readonly report: Report;
  /** The query is kept, and what only passing queries can do is refused. */
  readonly isPersistent: boolean;
  /** Why no aggregate may stand here; `undefined` where one may. */
  readonly noAggregates: string | undefined;
  /** Why no table function may stand here; `undefined` where one may. */
  readonly noTableFunctions: string | undefined;
}

const outermostOnly = "it makes rows, so it must be a whole item of the SELECT list";
const bool: SqlType = { base: "BOOLEAN" };

/** The type of an expression, `undefined` where a NULL or a mistake leaves it open. Reports all that is wrong inside. */
export function typeOf(expression: Expression, around: Surroundings): MaybeType {
  const inside = around.noTableFunctions === undefined ? { ...around, noTableFunctions: outermostOnly } : around;
  const part = (inner: Expression) => typeOf(inner, inside);
  switch (expression.kind) {
    case "literal":
      return literalType(expression);
    case "column":
      return around.columnType(expression);
    case "call":
      return callType(expression, around, inside);
    case "cast":
      return castType(expression.value, part(expression.value), expression.type, around.report);
    case "binary":
      if (expression.operator === "||") {
        return concatenationType(expression, part, around);
      }
      return binaryType(expression, part(expression.left), part(expression.right), around);
    case "unary": {
      const type = part(expression.value);
      if (expression.operator === "NOT") {
        wantBoolean(expression.value, type, "NOT", around.report);
        return bool;
      }
      if (type !== undefined && !isNumber(type)) {
        around.report(
          expression,
          `${expression.operator} needs a number, and ${shown(expression.value, type)}. Take it out, or CAST to a number.`,
        );
      }
      return type;
    }
    case "between": {
      const type = part(expression.value);
      for (const bound of [expression.lower, expression.upper]) {
        compare(expression.value, type, bound, part(bound), around.report);
      }
      return bool;
    }
    case "in": {
      const type = part(expression.value);
      for (const choice of expression.choices) {
        compare(expression.value, type, choice, part(choice), around.report);
      }
      return bool;
    }
    case "like":
      for (const inner of [expression.value, expression.pattern]) {
        const type = part(inner);
        if (type !== undefined && type.base !== "STRING") {
          around.report(
            inner,
            `LIKE compares text, and ${shown(inner, type)}. Write CAST(${expressionText(inner)} AS STRING).`,
          );
        }
      }
      return bool;
    case "isNull":
      part(expression.value);
      return bool;
    case "case":
      return caseType(expression, part, around.report);
    case "dereference": {
      const type = part(expression.value);
      return type && fieldType(type, expression.field.text, expression, expression.field, around.report);
    }
    case "subscript": {
      const [type, index] = [part(expression.value), part(expression.index)];
      return type && elementType(type, index, expression, around.report);
    }
    case "array": {
      const items = together(expression.items, expression.items.map(part), "An ARRAY", around.report);
      return items && { base: "ARRAY", items };
    }
    case "map": {
      const keys = expression.entries.map(({ key }) => key);
      const values = expression.entries.map(({ value }) => value);
      const keyType = together(keys, keys.map(part), "A MAP's keys", around.report);
      const valueType = together(values, values.map(part), "A MAP", around.report);
      return keyType && valueType && { base: "MAP", keys: keyType, values: valueType };
    }
    case "struct": {
      const fields = expression.fields.map(({ name, value }) => ({ name: name.text, type: part(value) }));
      const known = fields.flatMap(({ name, type }) => (type === undefined ? [] : [{ name, type }]));
      return known.length < fields.length ? undefined : { base: "STRUCT", fields: known };
    }
    case "lambda":
      around.report(expression, "A lambda (=>) can only be handed to TRANSFORM, FILTER or REDUCE. Take it out.");
      return undefined;
    case "unit":
      around.report(
        expression,
        `${expression.unit} is a unit of time, and no value. Write it into TIMESTAMPADD or its like.`,
      );
      return undefined;
  }
}

function literalType({ type, text }: Literal): MaybeType {
  switch (type) {
    case "string":
      return { base: "STRING" };
    case "integer":
      return { base: BigInt(text) <= 2_147_483_647n ? "INTEGER" : "BIGINT" };
    case "decimal": {
      const [whole = "", fraction = ""] = text.split(".");
      const scale = fraction.length;
      const significant = whole.replace(/^0+/, "").length;
      return { base: "DECIMAL", precision: Math.max(1, significant + scale), scale };
    }
    case "double":
      return { base: "DOUBLE" };
    case "boolean":
      return bool;
    case "null":
      return undefined;
  }
}

/** An expression and its type, as a clause: `ITEM is STRING`. */
function shown(expression: Expression, type: SqlType): string {
  return `${expressionText(expression)} is ${describeSqlType(type)}`;
}

function castType(value: Expression, from: MaybeType, to: SqlType, report: Report): SqlType {
  if (from !== undefined && !isCastable(from, to)) {
    report(value, `ksqlDB cannot cast ${describeSqlType(from)} to ${describeSqlType(to)}. ${castFix(from, to)}`);
  }
  return to;
}

function castFix(from: SqlType, to: SqlType): string {
  if (from.base === "TIMESTAMP" && to.base === "BIGINT") {
    return "Write UNIX_TIMESTAMP(…).";
  }
  if ((from.base === "BIGINT" || from.base === "INTEGER") && to.base === "TIMESTAMP") {
    return "Write FROM_UNIXTIME(…).";
  }
  return from.base === "BYTES" ? "Write FROM_BYTES(…, 'utf8')." : "Cast to STRING, or leave the CAST out.";
}

function binaryType(expression: Binary, left: MaybeType, right: MaybeType, around: Surroundings): MaybeType {
  const { operator } = expression;
  switch (operator) {
    case "AND":
    case "OR":
      wantBoolean(expression.left, left, operator, around.report);
      wantBoolean(expression.right, right, operator, around.report);
      return bool;
    case "+":
    case "-":
    case "*":
    case "/":
    case "%": {
      if (left === undefined || right === undefined) {
        return left ?? right;
      }
      const type = arithmeticType(operator, left, right);
      if (type === undefined) {
        const texts = left.base === "STRING" || right.base === "STRING";
        around.report(
          expression,
          `ksqlDB has no ${describeSqlType(left)} ${operator} ${describeSqlType(right)}. ` +
            (texts && operator === "+" ? "CAST both to STRING, or write CONCAT." : "CAST both to numbers."),
        );
      }
      return type;
    }
    default:
      compare(expression.left, left, expression.right, right, around.report);
      return bool;
  }
}

function concatenationType(expression: Binary, part: (inner: Expression) => MaybeType, around: Surroundings): SqlType {
  const parts = chain(expression);
  parts.forEach(part);
  if (around.isPersistent) {
    const list = parts.map(expressionText).join(", ");
    around.report(
      expression,
      `ksqlDB refuses || in a query that it keeps. Write CONCAT(${list}), or CONCAT_WS with a separator.`,
    );
  }
  return { base: "STRING" };
}

function chain(expression: Expression): Expression[] {
  return expression.kind === "binary" && expression.operator === "||"
    ? [...chain(expression.left), ...chain(expression.right)]
    : [expression];
}

export function wantBoolean(expression: Expression, type: MaybeType, where: string, report: Report): void {
  if (type !== undefined && type.base !== "BOOLEAN") {
    report(expression, `${where} needs a condition, and ${shown(expression, type)}. Compare it with something.`);
  }
}

function compare(left: Expression, leftType: MaybeType, right: Expression, rightType: MaybeType, report: Report): void {
  if (leftType === undefined || rightType === undefined || isComparable(leftType, rightType)) {
    return;
  }
  // A text that is written out is read as what it is compared with.
  if ([left, right].some((side) => side.kind === "literal" && side.type === "string")) {
    if (leftType.base !== "BYTES" && rightType.base !== "BYTES" && isSimple(leftType) && isSimple(rightType)) {
      return;
    }
  }
  report(
    left,
    `ksqlDB cannot compare ${describeSqlType(leftType)} with ${describeSqlType(rightType)}. ` +
      (isCastable(rightType, leftType)
        ? `Write CAST(${expressionText(right)} AS ${describeSqlType(leftType)}).`
        : `Compare with a ${describeSqlType(leftType)}.`),
  );
}

function isSimple(type: SqlType): boolean {
  return type.base !== "ARRAY" && type.base !== "MAP" && type.base !== "STRUCT";
}

function caseType(expression: Case, part: (inner: Expression) => MaybeType, report: Report): MaybeType {
  const operand = expression.operand && part(expression.operand);
  for (const { when } of expression.branches) {
    const type = part(when);
    if (expression.operand === undefined) {
      wantBoolean(when, type, "WHEN", report);
    } else {
      compare(expression.operand, operand, when, type, report);
    }
  }
  const results = [
    ...expression.branches.map(({ then }) => then),
    ...(expression.otherwise === undefined ? [] : [expression.otherwise]),
  ];
  let common: SqlType | undefined;
  for (const result of results) {
    const type = part(result);
    if (type !== undefined && common !== undefined && !sameSqlType(type, common)) {
      report(
        result,
        `All results of a CASE must have one type, and here are ${describeSqlType(common)} and ${describeSqlType(type)}. ` +
          `Write CAST(${expressionText(result)} AS ${describeSqlType(common)}).`,
      );
    }
    common ??= type;
  }
  return common;
}

function fieldType(type: SqlType, field: string, expression: Expression, at: Position, report: Report): MaybeType {
  if (type.base !== "STRUCT") {
    report(
      expression,
      `-> takes a field out of a STRUCT, and this is ${describeSqlType(type)}. Take ->${quotedName(field)} out.`,
    );
    return undefined;
  }
  const found = type.fields.find(({ name }) => name === field);
  if (found === undefined) {
    const names = type.fields.map(({ name }) => name);
    report(at, `The STRUCT has no field ${quotedName(field)}. Write ${nearest(field, names) ?? either(names)}.`);
  }
  return found?.type;
}

function elementType(type: SqlType, index: MaybeType, expression: Expression, report: Report): MaybeType {
  if (type.base === "ARRAY") {
    if (index !== undefined && index.base !== "INTEGER") {
      report(
        expression,
        `An ARRAY is indexed by INTEGER, and this is ${describeSqlType(index)}. The first element is [1].`,
      );
    }
    return type.items;
  }
  if (type.base === "MAP") {
    return type.values;
  }
  report(
    expression,
    `[…] takes an element out of an ARRAY or a MAP, and this is ${describeSqlType(type)}. Take it out.`,
  );
  return undefined;
}

function together(
  expressions: readonly Expression[],
  types: readonly MaybeType[],
  what: string,
  report: Report,
): MaybeType {
  let common: SqlType | undefined;
  for (const [index, type] of types.entries()) {
    const expression = expressions[index];
    if (type === undefined || expression === undefined) {
      continue;
    }
    const wider = common === undefined ? type : commonType(common, type);
    if (wider === undefined && common !== undefined) {
      report(
        expression,
        `${what} holds values of one type, and here are ${describeSqlType(common)} and ${describeSqlType(type)}. CAST one of them.`,
      );
    }
    common = wider ?? common;
  }
  return common;
}

function callType(call: Call, around: Surroundings, inside: Surroundings): MaybeType {
  const name = call.name.text;
  const [scalar, aggregate, table] = [scalarFunctions[name], aggregateFunctions[name], tableFunctions[name]];
  const signatures = aggregate ?? table ?? scalar;
  if (signatures === undefined) {
    const known = [...Object.keys(scalarFunctions), ...Object.keys(aggregateFunctions), ...Object.keys(tableFunctions)];
    const meant = foreignFunctions[name] ?? nearest(name, known);
    const fix = meant === undefined ? "Take one that ksqlDB has: SHOW FUNCTIONS lists them." : `Write ${meant}(…).`;
    around.report(call, `ksqlDB has no function ${name}. ${fix}`);
    call.arguments.forEach(
      (argument) => argument.kind !== "lambda" && argument.kind !== "unit" && typeOf(argument, inside),
    );
    return undefined;
  }
  if (aggregate !== undefined && around.noAggregates !== undefined) {
    around.report(call, `${name} goes over many rows, but ${around.noAggregates}.`);
  }
  if (table !== undefined && around.noTableFunctions !== undefined) {
    around.report(call, `${name} cannot stand here: ${around.noTableFunctions}. Take it out of what is around it.`);
  }
  const nested: Surroundings =
    aggregate === undefined
      ? inside
      : { ...inside, noAggregates: `it stands inside ${name} already. Aggregate in a statement of its own first` };
  const given = call.arguments.map((argument, index) =>
    // DAY, unlike DAYS, is read as a name.
    index === 0 && signatures.every((text) => text.startsWith("UNIT")) && isUnit(argument)
      ? { kind: "unit" as const }
      : argumentOf(argument, nested),
  );
  const result = resultOf(signatures.map(parseSignature), given);
  if (result === undefined) {
    around.report(
      call,
      `${name} does not take (${given.map(shownArgument).join(", ")}). Write ${signatures.map((text) => usage(name, text)).join(" or ")}.`,
    );
  }
  return result?.type;
}

function isUnit(expression: Expression): boolean {
  return (
    expression.kind === "column" &&
    expression.source === undefined &&
    timeUnits.some((unit) => unit === `${expression.name.text}S`)
  );
}

function argumentOf(expression: Expression, around: Surroundings): Argument {
  if (expression.kind === "unit") {
    return { kind: "unit" };
  }
  if (expression.kind !== "lambda") {
    return { kind: "value", type: typeOf(expression, around) };
  }
  const { parameters, body } = expression;
  return {
    kind: "lambda",
    parameters: parameters.length,
    bodyType: (types) => {
      const bound = new Map(parameters.map((parameter, index) => [parameter.text, types[index]]));
      const columnType = (reference: ColumnReference) =>
        reference.source === undefined && bound.has(reference.name.text)
          ? bound.get(reference.name.text)
          : around.columnType(reference);
      return typeOf(body, { ...around, columnType });
    },
  };
}

function shownArgument(argument: Argument): string {
  switch (argument.kind) {
    case "unit":
      return "a unit of time";
    case "lambda":
      return "a lambda";
    case "value":
      return argument.type === undefined ? "NULL" : describeSqlType(argument.type);
  }
}

/** A signature as a reader of SQL takes it: `SUBSTRING(STRING, INTEGER, [INTEGER])`. */
function usage(name: string, signature: string): string {
  const parameters = (signature.split(" : ")[0] ?? "").replace(/^: .*/, "");
  const words: Readonly<Record<string, string>> = { N: "number", UNIT: "DAYS", ANY: "any", T: "any", U: "any" };
  return `${name}(${parameters
    .replace(/(\S+)\?/g, "[$1]")
    .replaceAll("...", "…")
    .replace(/\b(N|UNIT|ANY|T|U)\b/g, (word) => words[word] ?? word)})`;
}
