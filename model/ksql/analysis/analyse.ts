import { quotedName } from "../ident.ts";
import { normalStatement } from "../normal.ts";
import type { Report } from "../reading/build.ts";
import { describeSqlType } from "../sqlType.ts";
import type { AnalysedStatement, Relation, RelationColumn } from "../statement.ts";
import type { CreateAs, InsertSelect, Query, StatementSyntax } from "../syntax.ts";
import { analyseCreateSource, type Topics } from "./createSource.ts";
import { formatsOf, numberOf, propertyMistakes, propertyRecord, textOf } from "./properties.ts";
import { analyseQuery, unknownRelation, type AnalysedQuery, type Known } from "./query.ts";
import { columnMistakes, timestampMistakes } from "./relation.ts";
import { windowBounds } from "./scope.ts";

export interface Given extends Known {
  /** Topics that are there. Default: whatever the statement says. */
  readonly topics?: Topics | undefined;
}

export interface Analysis {
  readonly statement: AnalysedStatement;
  /** `undefined` when it has no query. */
  readonly query: AnalysedQuery | undefined;
}

/** What a statement is and does; what ksqlDB would refuse is reported. */
export function analyse(syntax: StatementSyntax, given: Given, report: Report): Analysis {
  const none = {
    kind: syntax.kind,
    at: { line: syntax.line, column: syntax.column },
    name: undefined,
    relationKind: undefined,
    orReplace: false,
    ifNotExists: false,
    normal: normalStatement(syntax),
    isPersistentQuery: false,
    reads: [],
    writes: undefined,
    steps: [],
    result: undefined,
    properties: {},
  } satisfies AnalysedStatement;
  const { catalogue } = given;
  switch (syntax.kind) {
    case "createSource": {
      const { name, relationKind, orReplace, ifNotExists, properties } = syntax;
      const result = analyseCreateSource(syntax, given.topics, report);
      const statement = {
        ...none,
        name: name.text,
        relationKind,
        orReplace,
        ifNotExists,
        result,
        properties: propertyRecord(properties),
      };
      return { statement, query: undefined };
    }
    case "createAs": {
      const { name, relationKind, orReplace, ifNotExists, properties } = syntax;
      const query = kept(syntax.query, given, report);
      const result = createdBy(syntax, query, given.topics, report);
      return {
        statement: {
          ...none,
          name: name.text,
          relationKind,
          orReplace,
          ifNotExists,
          isPersistentQuery: true,
          reads: query.reads,
          writes: name.text,
          steps: query.steps,
          result: query.isKnown ? result : undefined,
          properties: propertyRecord(properties),
        },
        query,
      };
    }
    case "insertSelect": {
      const query = kept(syntax.query, given, report);
      propertyMistakes(syntax.properties, "insert", report);
      const result = insertedBy(syntax, query, given, report);
      return {
        statement: {
          ...none,
          name: syntax.name.text,
          relationKind: "stream",
          isPersistentQuery: true,
          reads: query.reads,
          writes: syntax.name.text,
          steps: query.steps,
          result: query.isKnown ? result : undefined,
          properties: propertyRecord(syntax.properties),
        },
        query,
      };
    }
    case "insertValues": {
      const target = catalogue.get(syntax.name.text);
      if (target === undefined) {
        report(syntax.name, unknownRelation(syntax.name.text, catalogue));
      } else if (target.readOnly === true) {
        report(
          syntax.name,
          `${quotedName(target.name)} is a read-only source. Write to its topic with something else.`,
        );
      }
      return { statement: { ...none, name: syntax.name.text, writes: syntax.name.text }, query: undefined };
    }
    case "drop": {
      const target = catalogue.get(syntax.name.text);
      const { relationKind } = syntax;
      if (target === undefined && !syntax.ifExists) {
        report(syntax.name, unknownRelation(syntax.name.text, catalogue));
      } else if (target !== undefined && target.kind !== relationKind) {
        report(syntax, `${quotedName(target.name)} is a ${target.kind}. Write DROP ${target.kind.toUpperCase()}.`);
      }
      if (syntax.deleteTopic && target?.readOnly === true) {
        report(
          syntax.name,
          `${quotedName(target.name)} only reads its topic, which is another's. Take DELETE TOPIC out.`,
        );
      }
      return { statement: { ...none, name: syntax.name.text, relationKind }, query: undefined };
    }
    case "describe":
      if (!catalogue.has(syntax.name.text)) {
        report(syntax.name, unknownRelation(syntax.name.text, catalogue));
      }
      return { statement: { ...none, name: syntax.name.text }, query: undefined };
    case "terminate":
      return { statement: { ...none, name: syntax.name?.text }, query: undefined };
    case "assert":
      return {
        statement: { ...none, name: syntax.topic ?? syntax.subject, properties: propertyRecord(syntax.properties) },
        query: undefined,
      };
    case "show":
      return { statement: none, query: undefined };
    case "select": {
      const query = analyseQuery(syntax.query, given, false, report);
      return { statement: { ...none, reads: query.reads, steps: query.steps }, query };
    }
  }
}

/** The query of a statement that keeps it. */
function kept(syntax: Query, known: Known, report: Report): AnalysedQuery {
  const query = analyseQuery(syntax, known, true, report);
  for (const part of query.key) {
    if (!query.columns.some(({ key }) => key === part) && !query.from.scope.isOpen) {
      const what =
        syntax.groupBy.length > 0
          ? "the column it groups by"
          : syntax.partitionBy.length > 0
            ? "the column it is partitioned by"
            : "the key";
      const choices = part.choices.join(" or ");
      report(
        syntax,
        `The SELECT list lacks ${what}, ${choices}. Add ${part.choices[0] ?? ""} AS ${keyName(part.name)} to it.`,
      );
    }
  }
  if (query.from.hasForeignKey && query.key.length === 0) {
    report(syntax, "A join by a foreign key needs the key of the left table. Add it to the SELECT list.");
  }
  if (query.columns.length > 0 && query.columns.every(({ key }) => key !== undefined)) {
    report(syntax, "The SELECT list has no column besides the key. Add one, e.g. a copy of the key by AS_VALUE.");
  }
  return query;
}

/** A name for a key beside its copy in the value. */
export function keyName(name: string): string {
  return /^\w+$/.test(name) && name !== "ROWKEY"
    ? quotedName(name.endsWith("_KEY") ? name : `${name.replace(/_ID$/, "")}_KEY`)
    : "ROW_KEY";
}

function createdBy(syntax: CreateAs, query: AnalysedQuery, topics: Topics | undefined, report: Report): Relation {
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
function insertedBy(
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
    report(syntax.name, `${name} would be fed with its own rows for ever. Insert into another stream.`);
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
