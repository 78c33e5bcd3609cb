import type { FlinkEvent, FlinkRelation } from "../../dataplane/engines/flink.ts";
import { describeSqlType, type SqlType } from "../../model/ksql/sqlType.ts";
import type { Relation } from "../../model/ksql/statement.ts";
import type { CaseRecord } from "../../tools/streams/cases.ts";
import type { KnownStatement } from "../../tools/streams/catalogue.ts";
import { rowOf } from "../../tools/streams/final.ts";

/** What a statement reads, in Flink's words. */
export function flinkRelations({ reads }: KnownStatement): FlinkRelation[] {
  return reads.map(({ name, kind, columns }) => ({
    name,
    isTable: kind === "table",
    key: keyOf(columns)[0] ?? "",
    columns: columns.map((column) => ({ ...column, type: flinkType(column.type) })),
  }));
}

/** A record of one of the topics that a statement reads. */
export function flinkEvent(record: CaseRecord, { reads }: KnownStatement): FlinkEvent {
  const relation = reads.find(({ topic }) => topic === record.topic);
  if (relation === undefined) {
    throw new Error(`the statement does not read ${record.topic}`);
  }
  const { name, columns, timestamp } = relation;
  const row = rowOf(record, keyOf(columns));
  const time = timestamp === undefined ? record.timestamp : Number(row[timestamp]);
  return { relation: name, timestamp: time, row, isRemoval: record.value === null };
}

/** Names of the columns that are a relation's key. */
export function keyOf(columns: Relation["columns"]): string[] {
  return columns.filter(({ isKey }) => isKey).map(({ name }) => name);
}

function flinkType(type: SqlType): string {
  return type.base === "TIMESTAMP" ? "TIMESTAMP(3)" : describeSqlType(type);
}
