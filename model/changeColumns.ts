import { int64, text, type ColumnType, type SourceKind } from "./columnTypes.ts";

/** A column that the transforms of a source connector add to every row of a table. */
export interface ChangeColumn {
  /** As Debezium names it, in lower case: `__source_ts_ms`. */
  readonly name: string;
  readonly type: ColumnType;
  /** The field of the change that it is taken from (`add.fields`); `undefined`: the rewriting of deletes makes it. */
  readonly field: string | undefined;
}

/** What the change was (`c`, `u`, `d`, and `r` of a snapshot), when the database made it, and whether the row is gone. */
export const changeColumns: readonly ChangeColumn[] = [
  added("op", text(1)),
  added("source.ts_ms", int64),
  { name: "__deleted", type: text("false".length), field: undefined },
];

/** A place in SQL Server's log, as Debezium writes it: `0000002a:00000d70:0003`. */
const logSequenceNumber = text(22);
/** Of a file in MySQL's and MariaDB's binary log (`log_bin`), which is a file name of the server's machine. */
const logFile = text(255);
const logFilePosition = [added("source.file", logFile), added("source.pos", int64)];

/** Where in the source's log a change stands: which columns tell it depends on the kind of the source. */
export const positionColumns: Readonly<Record<SourceKind, readonly ChangeColumn[]>> = {
  sqlServer: [added("source.commit_lsn", logSequenceNumber), added("source.change_lsn", logSequenceNumber)],
  mySql: logFilePosition,
  mariaDb: logFilePosition,
  postgres: [added("source.lsn", int64)],
};

/** Every name of these columns, whatever the source. */
export const changeColumnNames: readonly string[] = [
  ...new Set([...changeColumns, ...Object.values(positionColumns).flat()].map(({ name }) => name)),
];

/** Debezium calls the column that a field becomes like it, `.` as `_`, with `__` before it. */
function added(field: string, type: ColumnType): ChangeColumn {
  return { name: `__${field.replaceAll(".", "_")}`, type, field };
}
