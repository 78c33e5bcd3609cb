import { quotedName } from "./ident.ts";
import { describeSqlType } from "./sqlType.ts";
import type { Expression, Name } from "./syntax.ts";

/** How tightly each kind of expression binds; what binds less than its place demands stands in brackets. */
export const levels = {
  or: 1,
  and: 2,
  not: 3,
  predicate: 4,
  concatenate: 5,
  sum: 6,
  product: 7,
  sign: 8,
  primary: 9,
};

const operatorLevels: Readonly<Record<string, number>> = {
  OR: levels.or,
  AND: levels.and,
  "||": levels.concatenate,
  "+": levels.sum,
  "-": levels.sum,
  "*": levels.product,
  "/": levels.product,
  "%": levels.product,
};

function levelOf(expression: Expression): number {
  switch (expression.kind) {
    case "binary":
      return operatorLevels[expression.operator] ?? levels.predicate;
    case "unary":
      return expression.operator === "NOT" ? levels.not : levels.sign;
    case "between":
    case "in":
    case "like":
    case "isNull":
      return levels.predicate;
    default:
      return levels.primary;
  }
}

export function operand(expression: Expression, level: number): string {
  const text = expressionText(expression);
  return levelOf(expression) < level ? `(${text})` : text;
}

export function expressionText(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return expression.type === "string" ? stringText(expression.text) : expression.text;
    case "column":
      return `${expression.source === undefined ? "" : `${nameText(expression.source)}.`}${nameText(expression.name)}`;
    case "call":
      return `${nameText(expression.name)}(${expression.isAll ? "*" : listText(expression.arguments)})`;
    case "cast":
      return `CAST(${expressionText(expression.value)} AS ${describeSqlType(expression.type)})`;
    case "binary": {
      const { operator, left, right } = expression;
      const level = levelOf(expression);
      // Comparisons do not chain; the rest groups to the left.
      const leftLevel = level === levels.predicate ? level + 1 : level;
      return `${operand(left, leftLevel)} ${operator} ${operand(right, level + 1)}`;
    }
    case "unary":
      return expression.operator === "NOT"
        ? `NOT ${operand(expression.value, levels.not)}`
        : `${expression.operator}${operand(expression.value, levels.primary)}`;
    case "lambda": {
      const { parameters, body } = expression;
      return `(${parameters.map(nameText).join(", ")}) => ${expressionText(body)}`;
    }
    case "case":
      return spaced(
        "CASE",
        expression.operand && expressionText(expression.operand),
        ...expression.branches.map(({ when, then }) => `WHEN ${expressionText(when)} THEN ${expressionText(then)}`),
        expression.otherwise && `ELSE ${expressionText(expression.otherwise)}`,
        "END",
      );
    case "between":
      return `${predicate(expression, "BETWEEN")} ${inside(expression.lower)} AND ${inside(expression.upper)}`;
    case "in":
      return `${predicate(expression, "IN")} (${listText(expression.choices)})`;
    case "like":
      return spaced(
        `${predicate(expression, "LIKE")} ${inside(expression.pattern)}`,
        expression.escape !== undefined && `ESCAPE ${stringText(expression.escape)}`,
      );
    case "isNull":
      return `${inside(expression.value)} IS ${expression.isNegated ? "NOT " : ""}NULL`;
    case "subscript":
      return `${operand(expression.value, levels.primary)}[${inside(expression.index)}]`;
    case "dereference":
      return `${operand(expression.value, levels.primary)}->${nameText(expression.field)}`;
    case "array":
      return `ARRAY[${listText(expression.items)}]`;
    case "map":
      return `MAP(${expression.entries.map(({ key, value }) => `${expressionText(key)} := ${expressionText(value)}`).join(", ")})`;
    case "struct":
      return `STRUCT(${expression.fields.map(({ name, value }) => `${nameText(name)} := ${expressionText(value)}`).join(", ")})`;
    case "unit":
      return expression.unit;
  }
}

/** An operand of a predicate, which no predicate may be without brackets. */
function inside(expression: Expression): string {
  return operand(expression, levels.predicate + 1);
}

function predicate({ value, isNegated }: { value: Expression; isNegated: boolean }, word: string): string {
  return `${inside(value)} ${isNegated ? "NOT " : ""}${word}`;
}

export function listText(expressions: readonly Expression[]): string {
  return expressions.map(expressionText).join(", ");
}

export function nameText({ text }: Name): string {
  return quotedName(text);
}

export function stringText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function spaced(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== false && part !== undefined && part !== "").join(" ");
}
