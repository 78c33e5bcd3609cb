import { quotedName } from "../ident.ts";
import type { Report } from "../reading/build.ts";
import { describeSqlType } from "../sqlType.ts";
import type { Relation, RelationColumn } from "../statement.ts";
import type { CreateAs, InsertSelect } from "../syntax.ts";
import type { Topics } from "./createSource.ts";
import { formatsOf, numberOf, propertyMistakes, textOf } from "./properties.ts";
import { unknownRelation, type AnalysedQuery, type Known } from "./query.ts";
import { columnMistakes, timestampMistakes } from "./relation.ts";
import { windowBounds } from "./scope.ts";

export function createdBy(
  syntax: CreateAs,
  query: AnalysedQuery,
  topics: Topics | undefined,
  report: Report,
): Relation {
  const { relationKind, properties } = syntax;
  propertyMistakes(properties, "result", report);
  const name = syntax.name.text;
  if (query.kind !== relationKind && !query.from.scope.isOpen) {
    const reason =
      query.kind === "table"
        ? syntax.query.groupBy.length > 0
          ? "GROUP BY makes a table"
          : "what it reads is a table"
        : "without GROUP BY a stream stays a stream";
    report(syntax, `The result is a ${query.kind}: ${reason}. Write CREATE ${query.kind.toUpperCase()}.`);
  }
  const { leftmost } = query.from;
  const { key, value } = formatsOf(properties);
  const columns = relationColumns(query);
  const valueFormat = value ?? leftmost?.valueFormat ?? "AVRO";
  const inherited = leftmost?.keyFormat === undefined || leftmost.keyFormat === "NONE" ? "KAFKA" : leftmost.keyFormat;
  const keyFormat = query.key.length === 0 ? "NONE" : (key ?? inherited);
  if (!query.from.scope.isOpen) {
    columnMistakes(syntax.name, columns, keyFormat, valueFormat, report);
  }
  for (const column of query.columns) {
    if (column.isUnnamed) {
      continue;
    }
    if (
      windowBounds.some((bound) => bound === column.name) ||
      ["ROWTIME", "ROWPARTITION", "ROWOFFSET"].includes(column.name)
    ) {
      report(
        column,
        `${column.name} cannot be the name of a column. Write ${column.name} AS ${column.name.replace(/^(WINDOW|ROW)/, "$1_")}.`,
      );
    }
  }
  const topic = textOf(properties, "KAFKA_TOPIC") ?? name;
  const partitions = numberOf(properties, "PARTITIONS") ?? leftmost?.partitions;
  const there = topics?.get(topic);
  if (there !== undefined && partitions !== undefined && there !== partitions) {
    report(
      properties.find((property) => property.name === "PARTITIONS") ?? syntax.name,
      `The topic ${topic} has ${there} partitions, and the result would have ${partitions}. Write PARTITIONS = ${there}.`,
    );
  }
  return {
    name,
    kind: query.kind,
    topic,
    partitions,
    keyFormat,
    valueFormat,
    windowed: query.windowed,
    columns,
    timestamp: query.isKnown ? timestampMistakes(properties, columns, report) : undefined,
  };
}

function relationColumns(query: AnalysedQuery): RelationColumn[] {
  return query.columns.flatMap(({ name, type, key }) =>
    type === undefined ? [] : [{ name, type, isKey: key !== undefined }],
  );
}

/** What INSERT INTO writes has the columns of what it writes into. */
export function insertedBy(
  syntax: InsertSelect,
  query: AnalysedQuery,
  { catalogue, broken }: Known,
  report: Report,
): Relation | undefined {
  const target = catalogue.get(syntax.name.text);
  if (target === undefined && broken?.has(syntax.name.text) === true) {
    return undefined;
  }
  if (target === undefined) {
    report(syntax.name, unknownRelation(syntax.name.text, catalogue));
    return undefined;
  }
  const name = quotedName(target.name);
  if (target.kind === "table" || query.kind === "table") {
    const subject = target.kind === "table" ? `${name} is a table` : "the result of the SELECT is a table";
    report(syntax, `INSERT INTO … SELECT writes streams into streams, and ${subject}. Make a table of its own.`);
    return undefined;
  }
  if (target.readOnly === true) {
    report(syntax.name, `${name} is a read-only source. Insert into a stream made by CREATE STREAM.`);
  }
  if (query.reads.includes(target.name)) {
    report(syntax.name, `${name} would be fed with its own rows for ever. Insert into another stream.`, "harmful");
  }
  const columns = relationColumns(query);
  if (query.isKnown) {
    insertMistakes(syntax, columns, target, report);
  }
  return { ...target, columns };
}

function insertMistakes(
  syntax: InsertSelect,
  columns: readonly RelationColumn[],
  target: Relation,
  report: Report,
): void {
  const name = quotedName(target.name);
  const described = (column: RelationColumn | undefined) =>
    column === undefined
      ? "nothing"
      : `${quotedName(column.name)} ${describeSqlType(column.type)}${column.isKey ? " KEY" : ""}`;
  const count = Math.max(columns.length, target.columns.length);
  for (let index = 0; index < count; index += 1) {
    const [ours, theirs] = [described(columns[index]), described(target.columns[index])];
    if (ours !== theirs) {
      report(
        syntax.query,
        `Column ${index + 1} of ${name} is ${theirs}, and the SELECT gives ${ours}. Give the same names and types in the same order.`,
      );
      return;
    }
  }
}
