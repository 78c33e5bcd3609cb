import { quotedName } from "../ident.ts";
import type { Report } from "../reading/build.ts";
import type { Relation, WindowKind } from "../statement.ts";
import type { CreateSource } from "../syntax.ts";
import { formatsOf, numberOf, propertyMistakes, registryFormats, textOf } from "./properties.ts";
import { columnMistakes, timestampMistakes } from "./relation.ts";
import { isPseudoColumn } from "./scope.ts";

/** Topics that are there, with their partitions. */
export type Topics = ReadonlyMap<string, number | undefined>;

const windowKinds: readonly WindowKind[] = ["TUMBLING", "HOPPING", "SESSION"];

/** What CREATE STREAM or TABLE with columns declares; `undefined` when nothing says its columns. */
export function analyseCreateSource(
  statement: CreateSource,
  topics: Topics | undefined,
  report: Report,
): Relation | undefined {
  const { properties, relationKind } = statement;
  const name = quotedName(statement.name.text);
  propertyMistakes(properties, "source", report);
  const topic = textOf(properties, "KAFKA_TOPIC");
  if (topic === undefined) {
    report(statement.name, `Nothing says which topic ${name} reads. Write WITH (KAFKA_TOPIC = '…').`);
  }
  const { key, value } = formatsOf(properties);
  if (value === undefined) {
    report(
      statement.name,
      `Nothing says how the values of ${name} are written. Write FORMAT = 'AVRO', or VALUE_FORMAT.`,
    );
  }
  const partitions = topicPartitions(statement, topic, topics, report);
  if (statement.isReadOnly && statement.orReplace) {
    report(statement, "A read-only source is never replaced in place. Take OR REPLACE out.");
  }
  const windowed = windowOf(statement, report);
  const { columns } = statement;
  if (columns === undefined) {
    report(
      statement.name,
      registryFormats.has(value ?? "AVRO")
        ? `Nothing here says the columns of ${name}: ksqlDB would ask Schema Registry, and refuse where it has no subject yet. Write the columns.`
        : `Nothing says the columns of ${name}, and ${value ?? ""} has no schema in the registry. Write the columns.`,
    );
    return undefined;
  }
  roleMistakes(statement, report);
  const isKey = (role: string) => role === "KEY" || role === "PRIMARY KEY";
  const relationColumns = columns
    .map((column) => ({ name: column.name.text, type: column.type, isKey: isKey(column.role) }))
    .toSorted((a, b) => Number(b.isKey) - Number(a.isKey));
  const keyFormat = relationColumns[0]?.isKey === true ? (key ?? "KAFKA") : "NONE";
  columnMistakes(statement.name, relationColumns, keyFormat, value ?? "AVRO", report);
  return {
    name: statement.name.text,
    kind: relationKind,
    topic: topic ?? statement.name.text,
    partitions,
    keyFormat,
    valueFormat: value ?? "AVRO",
    windowed,
    columns: relationColumns,
    timestamp: timestampMistakes(properties, relationColumns, report),
    ...(statement.isReadOnly ? { readOnly: true } : {}),
  };
}

function topicPartitions(
  statement: CreateSource,
  topic: string | undefined,
  topics: Topics | undefined,
  report: Report,
): number | undefined {
  const declared = numberOf(statement.properties, "PARTITIONS");
  if (topic === undefined || topics === undefined) {
    return declared;
  }
  if (!topics.has(topic)) {
    if (declared === undefined) {
      report(
        statement.name,
        `There is no topic ${topic}, and nothing says to make one. Write the name of one that is there, or PARTITIONS = 1, or more.`,
      );
    }
    return declared;
  }
  const actual = topics.get(topic);
  if (declared !== undefined && actual !== undefined && declared !== actual) {
    report(
      statement.name,
      `The topic ${topic} has ${actual} partitions, and PARTITIONS says ${declared}. Take PARTITIONS out.`,
    );
  }
  return actual ?? declared;
}

function windowOf(statement: CreateSource, report: Report): WindowKind | undefined {
  const written = textOf(statement.properties, "WINDOW_TYPE")?.toUpperCase();
  const size = textOf(statement.properties, "WINDOW_SIZE");
  const kind = windowKinds.find((candidate) => candidate === written);
  if (written !== undefined && kind === undefined) {
    report(statement.name, `There is no window ${written}. Write WINDOW_TYPE = 'TUMBLING', 'HOPPING' or 'SESSION'.`);
  } else if (kind !== undefined && kind !== "SESSION" && size === undefined) {
    report(
      statement.name,
      `A ${kind} window has a size, and nothing says it. Write WINDOW_SIZE = '1 HOUR', or what it is.`,
    );
  } else if (kind === "SESSION" && size !== undefined) {
    report(statement.name, "A SESSION window has no size. Take WINDOW_SIZE out.");
  }
  return kind;
}

function roleMistakes(statement: CreateSource, report: Report): void {
  const { columns = [], relationKind } = statement;
  for (const [index, column] of columns.entries()) {
    const name = quotedName(column.name.text);
    const earlier = columns.slice(0, index).find((other) => other.name.text === column.name.text);
    if (earlier !== undefined) {
      const isKeyToo = earlier.role !== column.role;
      report(
        column,
        isKeyToo
          ? `${name} is in the key and in the value. Write it once, as the key; the field in the value is then not read.`
          : `There are two columns ${name}. Give one of them another name.`,
      );
    }
    if (isPseudoColumn(column.name.text)) {
      report(column, `${name} is a column that ksqlDB gives every row. Give yours another name.`);
    }
    if (relationKind === "table" && column.role === "KEY") {
      report(column, `A table has a PRIMARY KEY. Write ${name} … PRIMARY KEY.`);
    }
    if (relationKind === "stream" && column.role === "PRIMARY KEY") {
      report(column, `A stream may have one key many times, so it has no PRIMARY KEY. Write ${name} … KEY.`);
    }
    if (relationKind === "table" && (column.role === "HEADER" || column.role === "HEADERS")) {
      report(column, `Only a stream can read headers. Take ${name} out.`);
    }
  }
  if (relationKind === "table" && !columns.some(({ role }) => role === "PRIMARY KEY" || role === "KEY")) {
    const [first] = columns;
    report(
      statement.name,
      `A table has a primary key, and this has none. Write ${first === undefined ? "id INT" : quotedName(first.name.text)} … PRIMARY KEY.`,
    );
  }
}
