import { canBeKey, carriedBy, describeType, malformedType, type ColumnType, type TypeSystem } from "../columnTypes.ts";
import type { Column, Graph, Source, Table } from "../graph.ts";
import { collidingNames, nameIn, refusedName, systemTitles, type NameSystem } from "../names.ts";
import { all } from "../words.ts";
import { freeName, nameMistakes, refusedBy, systemsOf } from "./naming.ts";
import { meant, namesOf, titleOf } from "./wording.ts";

export function tableMistakes(graph: Graph, table: Table): string[] {
  const where = titleOf(table);
  const source = graph.sources.find((candidate) => candidate.name === table.source);
  return [
    ...(source === undefined ? [] : pathMistakes(source, table, where)),
    ...keyMistakes(table, where),
    ...(table.partitions !== undefined && !isCount(table.partitions)
      ? [`${where}: partitions is ${String(table.partitions)}. Write a whole number, 1 or more.`]
      : []),
    ...eventTimeMistakes(table, where),
    ...nameMistakes(graph, table),
    ...columnMistakes(graph, table, where),
  ];
}

function pathMistakes(source: Source, table: Table, where: string): string[] {
  const withSchema = source.kind === "sqlServer" || source.kind === "postgres";
  const parts = table.path.split(".");
  if (parts.length !== (withSchema ? 2 : 1) || parts.includes("")) {
    const system = systemTitles[source.kind];
    const given = parts.filter((part) => part !== "");
    const own = given.at(-1) ?? "my_table";
    const schema = given.at(-2) ?? (source.kind === "postgres" ? "public" : "dbo");
    return [
      withSchema
        ? `${where}: a ${system} table is named with its schema. Write "${schema}.${own}".`
        : `${where}: a ${system} table is named without its database. Write "${own}".`,
    ];
  }
  return parts.flatMap((part) => {
    const refused = refusedName(source.kind, "table", part);
    return refused === undefined ? [] : [`${where}: ${refused.reason}. The nearest name is "${refused.nearest}".`];
  });
}

function keyMistakes(table: Table, where: string): string[] {
  if (table.key.length === 0) {
    return [
      `${where}: it has no key: changes of a row would lose their order, and updates could not be merged. Name the ` +
        `column that identifies a row, e.g. key: "${table.columns[0]?.source ?? "id"}".`,
    ];
  }
  return table.key.flatMap((name, index) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (column === undefined) {
      const sources = table.columns.map((candidate) => candidate.source);
      return [`${where}: key "${name}" is not one of its columns. ${meant(name, sources)}`];
    }
    if (table.key.indexOf(name) < index) {
      return [`${where}: key column ${column.source} is there twice. Take one out.`];
    }
    return canBeKey(column.type)
      ? []
      : [
          `${where}, column ${column.source}: ${describeType(column.type)} cannot be a key, since equal values may ` +
            `not have equal bytes in Kafka. Take a column of int16, int32, int64, text or uuid.`,
        ];
  });
}

/** ksqlDB takes the time of an event from a BIGINT or a TIMESTAMP. */
function eventTimeMistakes(table: Table, where: string): string[] {
  if (table.eventTime === undefined) {
    return [];
  }
  if (table.kind === "entity") {
    return [
      `${where}: it has eventTime, but an entity is what it is now. Take eventTime out, or declare kind: "facts".`,
    ];
  }
  const column = table.columns.find(({ name }) => name === table.eventTime);
  const fits = ({ type }: Column) => type.logical === "int64" || type.logical === "timestamp";
  const fitting = table.columns.filter((candidate) => fits(candidate) && !table.key.includes(candidate.name));
  const sources = fitting.map(({ source }) => source);
  if (column === undefined) {
    return [`${where}: eventTime "${table.eventTime}" is not one of its columns. ${meant(table.eventTime, sources)}`];
  }
  return fits(column)
    ? []
    : [
        `${where}: eventTime ${column.source} is ${describeType(column.type)}, and ksqlDB takes the time of an event from ` +
          `timestamp(3) or int64. ${meant(column.source, sources)}`,
      ];
}

function columnMistakes(graph: Graph, table: Table, where: string): string[] {
  const systems = systemsOf(graph, table);
  const names = namesOf(table.columns);
  const folding = systems.names.at(-1) ?? "avro"; // all but Avro fold case, each in the same way
  return [
    ...table.columns.flatMap((column, index) => [
      ...typeMistakes(systems.types, column.type, `${where}, column ${column.source}`),
      ...columnNameMistakes(systems.names, column, names.toSpliced(index, 1), `${where}, column ${column.source}`),
    ]),
    ...collidingNames(folding, names).map((group) => {
      const sources = table.columns.filter(({ name }) => group.includes(name)).map(({ source }) => source);
      return (
        `${where}: columns ${all(sources)} would be one, ${nameIn(folding, group[0] ?? "")}, in ` +
        `${systemTitles[folding]}. Write ${sources.at(-1) ?? ""}: { type: …, as: ` +
        `"${freeName("column", ["avro", ...systems.names], group.at(-1) ?? "", names)}" }.`
      );
    }),
  ];
}

/** The first system that refuses it: the others mostly say the same again. */
function typeMistakes(systems: readonly TypeSystem[], type: ColumnType, where: string): string[] {
  const malformed = malformedType(type);
  if (malformed !== undefined) {
    return [`${where}: ${malformed}.`];
  }
  const refusal = refusedType(systems, type);
  return refusal === undefined
    ? []
    : [
        `${where}: ${refusal.refused}, so ${describeType(type)} would lose something. ` +
          `The nearest type that fits is ${describeType(typeForAll(systems, refusal.nearest))}.`,
      ];
}

function refusedType(systems: readonly TypeSystem[], type: ColumnType) {
  return systems.map((system) => carriedBy(system, type)).find((carried) => "refused" in carried);
}

/** What one system proposes may be refused by the next: go on until all carry it. */
function typeForAll(systems: readonly TypeSystem[], type: ColumnType): ColumnType {
  const refusal = refusedType(systems, type);
  return refusal === undefined ? type : typeForAll(systems, refusal.nearest);
}

function columnNameMistakes(
  targets: readonly NameSystem[],
  column: Column,
  others: readonly string[],
  where: string,
): string[] {
  const systems = ["avro", ...targets] as const;
  const refusal = refusedBy("column", systems, column.name);
  return refusal === undefined
    ? []
    : [`${where}: ${refusal.reason}. Write { type: …, as: "${freeName("column", systems, column.name, others)}" }.`];
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
