import { describeSqlType, type SqlDecimal, type SqlType } from "../sqlType.ts";

/** A type, or `undefined` where a NULL or an earlier mistake leaves it open: it then fits everywhere. */
export type MaybeType = SqlType | undefined;

const numbers = ["INTEGER", "BIGINT", "DECIMAL", "DOUBLE"];

export function isNumber(type: SqlType): boolean {
  return numbers.includes(type.base);
}

/** Whole numbers as the decimal that holds all of them. */
function asDecimal(type: SqlType): SqlDecimal | undefined {
  switch (type.base) {
    case "INTEGER":
      return { base: "DECIMAL", precision: 10, scale: 0 };
    case "BIGINT":
      return { base: "DECIMAL", precision: 19, scale: 0 };
    case "DECIMAL":
      return type;
    default:
      return undefined;
  }
}

/** The narrowest type that holds the values of both, by the conversions that ksqlDB makes of itself. */
export function commonType(a: SqlType, b: SqlType): SqlType | undefined {
  if (describeSqlType(a) === describeSqlType(b)) {
    return a;
  }
  if (isNumber(a) && isNumber(b)) {
    const wider = numbers.indexOf(a.base) > numbers.indexOf(b.base) ? a : b;
    const [left, right] = [asDecimal(a), asDecimal(b)];
    if (wider.base !== "DECIMAL" || left === undefined || right === undefined) {
      return wider;
    }
    const scale = Math.max(left.scale, right.scale);
    return {
      base: "DECIMAL",
      precision: Math.max(left.precision - left.scale, right.precision - right.scale) + scale,
      scale,
    };
  }
  if (a.base === "ARRAY" && b.base === "ARRAY") {
    const items = commonType(a.items, b.items);
    return items && { base: "ARRAY", items };
  }
  if (a.base === "MAP" && b.base === "MAP") {
    const [keys, values] = [commonType(a.keys, b.keys), commonType(a.values, b.values)];
    return keys && values && { base: "MAP", keys, values };
  }
  return undefined;
}

/** Whether ksqlDB takes a value of one type where another is wanted, of itself. */
export function isCoercible(from: SqlType, to: SqlType): boolean {
  const common = commonType(from, to);
  return common !== undefined && describeSqlType(common) === describeSqlType(to);
}

/** The type of an arithmetic result; `undefined` when the operator does not go with the types. */
export function arithmeticType(operator: string, a: SqlType, b: SqlType): SqlType | undefined {
  if (operator === "+" && a.base === "STRING" && b.base === "STRING") {
    return a;
  }
  if (!isNumber(a) || !isNumber(b)) {
    return undefined;
  }
  const [left, right] = [asDecimal(a), asDecimal(b)];
  const isDecimal = a.base === "DECIMAL" || b.base === "DECIMAL";
  return isDecimal && left !== undefined && right !== undefined
    ? decimalResult(operator, left, right)
    : commonType(a, b);
}

/** Wide enough for every result, by the rules that SQL Server has too; ksqlDB does not cap them. */
function decimalResult(operator: string, a: SqlDecimal, b: SqlDecimal): SqlDecimal {
  const whole = Math.max(a.precision - a.scale, b.precision - b.scale);
  const scale = Math.max(a.scale, b.scale);
  switch (operator) {
    case "*":
      return { base: "DECIMAL", precision: a.precision + b.precision + 1, scale: a.scale + b.scale };
    case "/": {
      const digits = Math.max(6, a.scale + b.precision + 1);
      return { base: "DECIMAL", precision: a.precision - a.scale + b.scale + digits, scale: digits };
    }
    case "%":
      return {
        base: "DECIMAL",
        precision: Math.min(a.precision - a.scale, b.precision - b.scale) + scale,
        scale,
      };
    default:
      return { base: "DECIMAL", precision: whole + scale + 1, scale };
  }
}

/** Whether values of two types can be compared. */
export function isComparable(a: SqlType, b: SqlType): boolean {
  const times = ["DATE", "TIME", "TIMESTAMP"];
  return (
    commonType(a, b) !== undefined ||
    // Text is read as a time, and dates and timestamps compare with each other.
    (times.includes(a.base) &&
      (b.base === "STRING" || (b.base !== "TIME" && a.base !== "TIME" && times.includes(b.base)))) ||
    (a.base === "STRING" && times.includes(b.base))
  );
}

/** Whether CAST goes from one type to another. */
export function isCastable(from: SqlType, to: SqlType): boolean {
  if (describeSqlType(from) === describeSqlType(to) || (to.base === "STRING" && from.base !== "BYTES")) {
    return true;
  }
  if (isNumber(from)) {
    return isNumber(to);
  }
  switch (from.base) {
    case "STRING":
      return isNumber(to) || ["BOOLEAN", "DATE", "TIME", "TIMESTAMP"].includes(to.base);
    case "TIMESTAMP":
      return to.base === "DATE" || to.base === "TIME";
    case "DATE":
      return to.base === "TIMESTAMP";
    case "ARRAY":
      return to.base === "ARRAY" && isCastable(from.items, to.items);
    case "MAP":
      return to.base === "MAP" && isCastable(from.keys, to.keys) && isCastable(from.values, to.values);
    case "STRUCT":
      return to.base === "STRUCT";
    default:
      return false;
  }
}
