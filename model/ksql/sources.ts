import { changeColumns } from "../changeColumns.ts";
import { carriedBy, type ColumnType } from "../columnTypes.ts";
import type { Table } from "../graph.ts";
import { nameIn } from "../names.ts";
import { stringText } from "./expressionText.ts";
import { quotedName } from "./ident.ts";
import { describeSqlType, plainType, type SqlType } from "./sqlType.ts";
import type { Relation, RelationColumn } from "./statement.ts";

/**
 * A declared table as ksqlDB sees its topic: facts as a stream, an entity as a table. The value has the key's columns
 * too, but ksqlDB reads a column from one place only, and joins need it from the key.
 */
export function sourceRelation(table: Table, partitions?: number): Relation {
  const column = (name: string, isKey: boolean): RelationColumn[] =>
    table.columns
      .filter((candidate) => candidate.name === name)
      .map(({ type }) => ({ name: nameIn("ksqlDb", name), type: sqlTypeOf(type), isKey }));
  const others = table.columns.filter(({ name }) => !table.key.includes(name));
  return {
    name: nameIn("ksqlDb", table.name),
    kind: table.kind === "facts" ? "stream" : "table",
    topic: table.topic,
    partitions: table.partitions ?? partitions,
    keyFormat: "AVRO",
    valueFormat: "AVRO",
    columns: [
      ...table.key.flatMap((name) => column(name, true)),
      ...others.flatMap(({ name }) => column(name, false)),
      // Where in the source's log a change stands is of no use to a query.
      ...changeColumns.map(({ name, type }) => ({ name: nameIn("ksqlDb", name), type: sqlTypeOf(type), isKey: false })),
    ],
    ...(table.eventTime === undefined ? {} : { timestamp: nameIn("ksqlDb", table.eventTime) }),
  };
}

/** The statement that declares a relation over a topic that is there. */
export function sourceStatement({ name, kind, topic, columns, timestamp }: Relation): string {
  const role = kind === "stream" ? " KEY" : " PRIMARY KEY";
  const lines = columns.map(
    (column) => `  ${quotedName(column.name)} ${describeSqlType(column.type)}${column.isKey ? role : ""}`,
  );
  const properties = [
    `KAFKA_TOPIC = ${stringText(topic)}`,
    "FORMAT = 'AVRO'",
    ...(timestamp === undefined ? [] : [`TIMESTAMP = ${stringText(quotedName(timestamp))}`]),
  ];
  return `CREATE ${kind.toUpperCase()} ${quotedName(name)} (\n${lines.join(",\n")}\n) WITH (${properties.join(", ")});`;
}

/** Expects a type that ksqlDB carries, which the declaration's checks see to. */
function sqlTypeOf(type: ColumnType): SqlType {
  if (type.logical === "decimal") {
    return { base: "DECIMAL", precision: type.precision, scale: type.scale };
  }
  const carried = carriedBy("ksqlDb", type);
  return ("type" in carried ? plainType(carried.type) : undefined) ?? { base: "STRING" };
}
