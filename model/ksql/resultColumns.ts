import {
  boolean,
  bytes,
  date,
  decimal,
  float64,
  int32,
  int64,
  text,
  time,
  timestamp,
  type ColumnType,
} from "../columnTypes.ts";
import type { Column } from "../graph.ts";
import type { SqlType } from "./sqlType.ts";
import type { Relation } from "./statement.ts";

/** ksqlDB's STRING has no length; this is what Snowflake's VARCHAR holds when nobody says one. */
const anyText = text(16_777_216);

/** A result's columns as those of a source table: what its targets derive their own tables from. Keys are not in the value. */
export function resultColumns(relation: Relation): Column[] {
  return relation.columns
    .filter(({ isKey }) => !isKey)
    .flatMap(({ name, type }) => {
      const column = columnTypeOf(type);
      // Every field of a value that ksqlDB writes may be NULL.
      return column === undefined ? [] : [{ source: name, name, type: column, required: false }];
    });
}

/** `undefined` for types that hold others, which no target has a column for. */
export function columnTypeOf(type: SqlType): ColumnType | undefined {
  switch (type.base) {
    case "BOOLEAN":
      return boolean;
    case "INTEGER":
      return int32;
    case "BIGINT":
      return int64;
    case "DOUBLE":
      return float64;
    case "DECIMAL":
      return decimal(type.precision, type.scale);
    case "STRING":
      return anyText;
    case "BYTES":
      return bytes;
    case "DATE":
      return date;
    case "TIME":
      return time;
    case "TIMESTAMP":
      return timestamp(3);
    default:
      return undefined;
  }
}
