import { int32, int64, timestamp, type ColumnType } from "../columnTypes.ts";

/** What the sink knows of a record and adds to its row: where it stands in Kafka, and when it came there. */
export interface RecordColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** What `InsertField` of Kafka Connect calls it: `partition.field`. */
  readonly property: "partition.field" | "offset.field" | "timestamp.field";
}

/**
 * Within a partition the offset tells which version of a row is the last one, and partitions only grow, so that the
 * greatest pair of both is it. A record that was written twice has one pair.
 */
export const positionColumns: readonly RecordColumn[] = [
  { name: "__topic_partition", type: int32, property: "partition.field" },
  { name: "__topic_offset", type: int64, property: "offset.field" },
];

export const recordColumns: readonly RecordColumn[] = [
  ...positionColumns,
  { name: "__record_ts", type: timestamp(3), property: "timestamp.field" },
];

/** The columns that partition every table of the lake: they are in the path of a file, not in it. */
export const partitionNames = ["dt", "hour"] as const;

/** What the views of `sql/athena/views/` call what they count and test, beside the columns of their rows. */
const viewNames = ["__version", "__gone", "__covered"];

/** The names that no column of a row may have in the lake. */
export const lakeNames: readonly string[] = [...partitionNames, ...recordColumns.map(({ name }) => name), ...viewNames];
