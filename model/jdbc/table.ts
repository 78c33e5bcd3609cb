import { carriedBy, describeType, type ColumnType } from "../columnTypes.ts";
import { deletedFlag, deletionsOf } from "../deletions.ts";
import {
  readBy,
  type Column,
  type Dataset,
  type Graph,
  type Reader,
  type Table,
  type Transformation,
} from "../graph.ts";
import { refusedName, systemTitles } from "../names.ts";
import { all } from "../words.ts";
import type { JdbcSystem } from "./system.ts";

export interface JdbcColumn {
  /** In lower case: what everybody may write without quotes, reserved words apart. */
  readonly name: string;
  /** Name of the field in the topic's value. */
  readonly field: string;
  readonly type: ColumnType;
}

/** A table that has the current rows of a topic, and nothing else: a row that is gone is gone. */
export interface JdbcTable {
  /** In lower case, without its schema. */
  readonly name: string;
  readonly topic: string;
  /** Every column of the row, in declared order. */
  readonly columns: readonly JdbcColumn[];
  /** Fields that identify a row; empty: each record is a row of its own, known by where it stands in the topic. */
  readonly key: readonly string[];
  /** The field that is `true`, as text, in the last version of a row that is gone; `undefined`: there is none. */
  readonly deleted: string | undefined;
  /** What the fields of `key` are called in the message's key, for records that have nothing else; empty: they say nothing. */
  readonly tombstone: readonly string[];
}

/** Where a record stands: the columns of the key of a table whose rows nothing else identifies. */
export const placeColumns: readonly JdbcColumn[] = [
  { name: "__topic_partition", field: "", type: { logical: "int32" } },
  { name: "__topic_offset", field: "", type: { logical: "int64" } },
];

/** The tables of a target, sorted by topic. */
export function jdbcTables(graph: Graph, target: Pick<Reader, "reads">): JdbcTable[] {
  return readBy(graph, target)
    .map((dataset) => jdbcTable(dataset))
    .toSorted((a, b) => (a.topic < b.topic ? -1 : 1));
}

export function jdbcTable(dataset: Table | Transformation): JdbcTable {
  const isResult = !("path" in dataset);
  const flag = isResult ? dataset.columns.find(({ name }) => isFlag(name))?.name : deletedFlag;
  return {
    name: lower(dataset.name),
    topic: dataset.topic,
    columns: dataset.columns
      .filter(({ name }) => !isFlag(name))
      .map(({ name, type }) => ({ name: lower(name), field: name, type })),
    key: dataset.key,
    deleted: deletionsOf(dataset, isResult) === "flag" ? flag : undefined,
    tombstone: tombstoneOf(dataset),
  };
}

/** Of facts and of windows they say nothing: facts have a flag, and the tombstone of a window does not say which. */
function tombstoneOf(dataset: Dataset & Partial<Transformation>): readonly string[] {
  const fields = dataset.keyFields ?? dataset.key;
  const isOfRows = dataset.kind === "entity" && dataset.window === undefined && fields.length === dataset.key.length;
  return isOfRows ? fields : [];
}

function isFlag(name: string): boolean {
  return lower(name) === deletedFlag;
}

function lower(name: string): string {
  return name.toLowerCase();
}

/** The most characters that a column of text may have in a key of MySQL's and MariaDB's: 3072 bytes, four to a character. */
const longestKeyText = 768;

/** What a column of a table is called in the database. Expects that `jdbcMistakes` finds nothing. */
export function jdbcType(system: JdbcSystem, { key }: Pick<JdbcTable, "key">, { field, type }: JdbcColumn): string {
  // Of a result's text nobody says how long it is; a row whose key is longer than fits is refused when it comes.
  const isLong = type.logical === "text" && system !== "postgres" && key.includes(field);
  const most = Math.floor(longestKeyText / Math.max(1, key.length));
  const fitting: ColumnType = isLong ? { logical: "text", length: Math.min(type.length, most) } : type;
  const carried = carriedBy(system, fitting);
  if ("refused" in carried) {
    throw new Error(`${carried.refused}, which a check should have said`);
  }
  return carried.type;
}

/** What of a dataset the database has no name or type for, or cannot keep the current rows of: a sentence or two each. */
export function jdbcMistakes(system: JdbcSystem, dataset: Table | Transformation): string[] {
  const refused = refusedName(system, "table", lower(dataset.name));
  const rows = dataset.columns.filter(({ name }) => !isFlag(name));
  const twins = [...Map.groupBy(rows, ({ name }) => lower(name)).values()].filter((group) => group.length > 1);
  return [
    ...(refused === undefined ? [] : [`${refused.reason}. Give it another name, e.g. ${refused.nearest}.`]),
    ...twins.map(
      (group) =>
        `columns ${all(group.map(({ name }) => name))} would be one, since names are written in lower case. Give one another name.`,
    ),
    ...rows.flatMap((column) => columnMistakes(system, dataset, column)),
    ...("window" in dataset && dataset.window?.kind === "SESSION" ? [sessions] : []),
  ];
}

const sessions =
  "its rows are sessions, and one that grows leaves what it was behind: no record says that it is gone. Let a target of kind snowflake or lake take it, whose views leave such rows out.";

function columnMistakes(system: JdbcSystem, dataset: Dataset, { name, type }: Column): string[] {
  const at = `column ${name}`;
  const refused = refusedName(system, "column", lower(name));
  const carried = carriedBy(system, type);
  const isBytesInKey = system !== "postgres" && type.logical === "bytes" && dataset.key.includes(name);
  return [
    ...(refused === undefined ? [] : [`${at}: ${refused.reason}. Call it ${refused.nearest}.`]),
    ...("refused" in carried
      ? [
          `${at}: ${carried.refused}, so ${describeType(type)} would lose something. Make it ${describeType(carried.nearest)}.`,
        ]
      : []),
    ...(isBytesInKey ? [`${at}: ${systemTitles[system]} has no key of bytes. Take another key, or PostgreSQL.`] : []),
  ];
}
