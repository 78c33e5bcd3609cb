import type { Cell, LandedRow } from "../../../dataplane/engines/snowflake.ts";
import type { LandingTable } from "../../../model/warehouse/landing.ts";
import type { LandedValue } from "./values.ts";

/** Values by column name, of the row itself. */
export type Values = Readonly<Record<string, LandedValue>>;

/** A record in a topic, in the order in which it was written there. */
export interface LandedRecord {
  readonly partition: number;
  readonly offset: number;
  /** The message's key as JSON. */
  readonly key: string;
  /** What the change was; `null`: a tombstone. Of results only whether there is a row counts. */
  readonly op: "c" | "u" | "d" | "r" | null;
  readonly values: Values;
}

/** As the connector puts it into the landing table. */
export function landedRow(table: LandingTable, { partition, offset, key, op, values }: LandedRecord): LandedRow {
  const metadata = `{"topic":${JSON.stringify(table.topic)},"partition":${partition},"offset":${offset},"key":${key}}`;
  const change = { __OP: op, __DELETED: String(op === "d"), __SOURCE_TS_MS: "1790000000000" };
  const landed = { ...change, ...mapped(values, ({ landed: value }) => value) } as Record<string, string | null>;
  const known = op === null ? [] : table.columns.filter(({ name }) => name in landed);
  return { ...Object.fromEntries(known.map(({ name }) => [name, landed[name] ?? null])), RECORD_METADATA: metadata };
}

/** As a query shows it. */
export function shownRow(values: Values): Record<string, Cell> {
  return mapped(values, ({ shown }) => shown);
}

/** Rows in an order of their own, since tables have none. */
export function inOrder(rows: readonly Readonly<Record<string, Cell>>[]): Record<string, Cell>[] {
  const text = (row: Readonly<Record<string, Cell>>) => JSON.stringify(Object.entries(row).sort());
  return rows.map((row) => ({ ...row })).sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

function mapped<T>(values: Values, of: (value: LandedValue) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, of(value)]));
}
