import type { CaseRecord, Row, Value } from "./cases.ts";

/** The columns of a record, those of its key among them. */
export function rowOf(record: CaseRecord, keyColumns: readonly string[]): Row {
  return { ...keyRow(record.key, keyColumns), ...record.value };
}

/** A key's columns. One column stands for itself. */
export function keyRow(key: Value | Row, keyColumns: readonly string[]): Row {
  const [column = "", ...others] = keyColumns;
  return typeof key === "object" && key !== null && others.length > 0 ? key : { [column]: key as Value };
}

/** What a table holds after these records: of each key and window the last row, unless it was taken away. */
export function lastRows(records: readonly CaseRecord[]): CaseRecord[] {
  const last = new Map<string, CaseRecord>();
  for (const record of records) {
    const id = JSON.stringify([record.key, record.window?.start, record.window?.end]);
    last.delete(id);
    if (record.value !== null) {
      last.set(id, record);
    }
  }
  return [...last.values()];
}

/** A row with its columns in one order, which is comparable as text. */
export function rowText(row: Row): string {
  return JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))));
}
