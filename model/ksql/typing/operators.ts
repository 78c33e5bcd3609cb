import { either, nearest } from "../../words.ts";
import { expressionText } from "../expressionText.ts";
import { quotedName } from "../ident.ts";
import type { Report } from "../reading/build.ts";
import { describeSqlType, type SqlType } from "../sqlType.ts";
import type { Position } from "../statement.ts";
import type { Binary, Expression } from "../syntax.ts";
import { arithmeticType, commonType, isCastable, isComparable, type MaybeType } from "./coercion.ts";
import type { Surroundings } from "./expressions.ts";

export const bool: SqlType = { base: "BOOLEAN" };

/** An expression and its type, as a clause: `ITEM is STRING`. */
export function shown(expression: Expression, type: SqlType): string {
  return `${expressionText(expression)} is ${describeSqlType(type)}`;
}

export function castType(value: Expression, from: MaybeType, to: SqlType, report: Report): SqlType {
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

export function binaryType(expression: Binary, left: MaybeType, right: MaybeType, around: Surroundings): MaybeType {
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

export function concatenationType(
  expression: Binary,
  part: (inner: Expression) => MaybeType,
  around: Surroundings,
): SqlType {
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

export function compare(
  left: Expression,
  leftType: MaybeType,
  right: Expression,
  rightType: MaybeType,
  report: Report,
): void {
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

export function fieldType(
  type: SqlType,
  field: string,
  expression: Expression,
  at: Position,
  report: Report,
): MaybeType {
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

export function elementType(type: SqlType, index: MaybeType, expression: Expression, report: Report): MaybeType {
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

export function together(
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
