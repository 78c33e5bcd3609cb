import { expressionText } from "../expressionText.ts";
import type { Report } from "../reading/build.ts";
import { describeSqlType, sameSqlType, type SqlType } from "../sqlType.ts";
import type { Case, ColumnReference, Expression, Literal } from "../syntax.ts";
import { callType } from "./calls.ts";
import { isNumber, type MaybeType } from "./coercion.ts";
import {
  binaryType,
  bool,
  castType,
  compare,
  concatenationType,
  elementType,
  fieldType,
  shown,
  together,
  wantBoolean,
} from "./operators.ts";

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
