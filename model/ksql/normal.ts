import { quotedName } from "./ident.ts";
import { describeSqlType } from "./sqlType.ts";
import type { PropertyValue } from "./statement.ts";
import type {
  ColumnDefinition,
  Duration,
  Expression,
  Join,
  Name,
  Property,
  Query,
  SelectItem,
  Source,
  StatementSyntax,
  Window,
} from "./syntax.ts";

/**
 * The one text of a statement, however it was written: no comments, single spaces, keywords and unquoted names in upper
 * case, properties sorted, synonyms (`INT`, `!=`, `LEFT OUTER JOIN`, an AS or EMIT CHANGES left out) resolved. What means
 * something else has another text.
 */
export function normalStatement(statement: StatementSyntax): string {
  switch (statement.kind) {
    case "createSource":
    case "createAs":
      return spaced(
        "CREATE",
        statement.orReplace && "OR REPLACE",
        statement.kind === "createSource" && statement.isReadOnly && "SOURCE",
        statement.relationKind.toUpperCase(),
        statement.ifNotExists && "IF NOT EXISTS",
        nameText(statement.name),
        statement.kind === "createSource" && statement.columns && `(${statement.columns.map(columnText).join(", ")})`,
        propertiesText(statement.properties),
        statement.kind === "createAs" && `AS ${normalQuery(statement.query, true)}`,
      );
    case "insertSelect":
      return spaced(
        `INSERT INTO ${nameText(statement.name)}`,
        propertiesText(statement.properties),
        normalQuery(statement.query, true),
      );
    case "insertValues":
      return spaced(
        `INSERT INTO ${nameText(statement.name)}`,
        statement.columns.length > 0 && `(${statement.columns.map(nameText).join(", ")})`,
        `VALUES (${listText(statement.values)})`,
      );
    case "drop":
      return spaced(
        `DROP ${statement.relationKind.toUpperCase()}`,
        statement.ifExists && "IF EXISTS",
        nameText(statement.name),
        statement.deleteTopic && "DELETE TOPIC",
      );
    case "terminate":
      return `TERMINATE ${statement.name === undefined ? "ALL" : nameText(statement.name)}`;
    case "describe":
      return spaced(`DESCRIBE ${nameText(statement.name)}`, statement.isExtended && "EXTENDED");
    case "show":
      return spaced("SHOW", statement.isAll && "ALL", statement.what, statement.isExtended && "EXTENDED");
    case "assert":
      return spaced(
        "ASSERT",
        statement.isNegated && "NOT EXISTS",
        statement.topic === undefined ? "SCHEMA" : `TOPIC ${stringText(statement.topic)}`,
        statement.subject !== undefined && `SUBJECT ${stringText(statement.subject)}`,
        statement.id !== undefined && `ID ${statement.id}`,
        propertiesText(statement.properties),
        statement.timeout && `TIMEOUT ${durationText(statement.timeout)}`,
      );
    case "select":
      return normalQuery(statement.query, false);
  }
}

function normalQuery(query: Query, isPersistent: boolean): string {
  const emit = query.emit?.kind ?? (isPersistent ? "CHANGES" : undefined);
  return spaced(
    `SELECT ${query.items.map(itemText).join(", ")}`,
    `FROM ${sourceText(query.from)}`,
    ...query.joins.map(joinText),
    query.window && windowText(query.window),
    query.where && `WHERE ${expressionText(query.where)}`,
    query.groupBy.length > 0 && `GROUP BY ${listText(query.groupBy)}`,
    query.partitionBy.length > 0 && `PARTITION BY ${listText(query.partitionBy)}`,
    query.having && `HAVING ${expressionText(query.having)}`,
    emit && `EMIT ${emit}`,
    query.limit && `LIMIT ${query.limit.count}`,
  );
}

export function itemText(item: SelectItem): string {
  switch (item.kind) {
    case "all":
      return item.source === undefined ? "*" : `${nameText(item.source)}.*`;
    case "fields":
      return `${operand(item.value, levels.primary)}->*`;
    case "expression":
      return spaced(expressionText(item.value), item.alias && `AS ${nameText(item.alias)}`);
  }
}

function sourceText({ name, alias }: Source): string {
  return spaced(nameText(name), alias.text !== name.text && nameText(alias));
}

export function joinText(join: Join): string {
  return spaced(
    `${join.kind} JOIN ${sourceText(join.source)}`,
    join.within &&
      (durationText(join.within.before) === durationText(join.within.after)
        ? `WITHIN ${durationText(join.within.before)}`
        : `WITHIN (${durationText(join.within.before)}, ${durationText(join.within.after)})`),
    join.within?.grace && `GRACE PERIOD ${durationText(join.within.grace)}`,
    join.on && `ON ${expressionText(join.on)}`,
  );
}

export function windowText({ kind, size, advance, retention, grace }: Window): string {
  const parts = [
    kind === "SESSION" ? durationText(size) : `SIZE ${durationText(size)}`,
    advance && `ADVANCE BY ${durationText(advance)}`,
    retention && `RETENTION ${durationText(retention)}`,
    grace && `GRACE PERIOD ${durationText(grace)}`,
  ];
  return `WINDOW ${kind} (${parts.filter((part) => part !== undefined).join(", ")})`;
}

function durationText({ count, unit }: Duration): string {
  return `${count} ${unit}`;
}

function columnText({ name, type, role, header }: ColumnDefinition): string {
  return spaced(
    nameText(name),
    describeSqlType(type),
    role === "HEADER" ? `HEADER(${stringText(header ?? "")})` : role !== "VALUE" && role,
  );
}

function propertiesText(properties: readonly Property[]): string | false {
  const sorted = properties.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return (
    sorted.length > 0 &&
    `WITH (${sorted.map(({ name, value }) => `${propertyName(name)} = ${valueText(value)}`).join(", ")})`
  );
}

function propertyName(name: string): string {
  return /^[A-Z_][A-Z0-9_]*$/.test(name) ? quotedName(name) : stringText(name);
}

function valueText(value: PropertyValue): string {
  return typeof value === "string" ? stringText(value) : String(value).toUpperCase();
}

/** How tightly each kind of expression binds; what binds less than its place demands stands in brackets. */
const levels = {
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

function operand(expression: Expression, level: number): string {
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

function nameText({ text }: Name): string {
  return quotedName(text);
}

export function stringText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function spaced(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== false && part !== undefined && part !== "").join(" ");
}
