import { expressionText, levels, listText, nameText, operand, spaced, stringText } from "./expressionText.ts";
import { quotedName } from "./ident.ts";
import { describeSqlType } from "./sqlType.ts";
import type { PropertyValue } from "./statement.ts";
import type {
  ColumnDefinition,
  Duration,
  Join,
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
