import type { SqlType } from "../../model/ksql/sqlType.ts";
import type { Relation, RelationColumn } from "../../model/ksql/statement.ts";
import type { CaseRecord, Row, Value, Window } from "./cases.ts";
import { keyRow } from "./final.ts";

/** Key and value of a Kafka record; `null` is none. */
export interface Bytes {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** Turns rows into records and back. */
export interface Codec {
  /** For a record of an input. */
  encode(record: CaseRecord, relation: Relation, topic: string): Promise<Bytes>;
  /** Of a record of the result, without the window that its key ends with. */
  decode(bytes: Bytes, relation: Relation, topic: string): Promise<Pick<CaseRecord, "key" | "value">>;
}

/** ksqlDB's JSON: one key column stands for itself, several are an object. */
export const jsonCodec: Codec = {
  encode: ({ key, value }, relation) => {
    const keys = columnsOf(relation, true);
    const row = keyRow(key, names(keys));
    return Promise.resolve({
      key: key === null ? null : json(keys.length === 1 ? (row[keys[0]?.name ?? ""] ?? null) : row),
      value: value === null ? null : json(value),
    });
  },
  decode: ({ key, value }, relation) => {
    const keys = columnsOf(relation, true);
    const [first] = keys;
    const decodedKey = key === null ? null : numbersAsText(key.toString("utf8"));
    return Promise.resolve({
      key:
        first !== undefined && keys.length === 1
          ? columnValue(decodedKey, first.type)
          : decodedKey === null
            ? null
            : rowOf(decodedKey, keys),
      value: value === null ? null : rowOf(numbersAsText(value.toString("utf8")), columnsOf(relation, false)),
    });
  },
};

const windowBytes = 8;

/** Takes the window off a key: its start, 8 bytes, and for sessions its end before. */
export function withoutWindow(
  key: Buffer,
  relation: Relation,
  windowMs: number | undefined,
): { readonly key: Buffer; readonly window: Window | undefined } {
  const { windowed } = relation;
  if (windowed === undefined) {
    return { key, window: undefined };
  }
  const start = Number(key.readBigInt64BE(key.length - windowBytes));
  if (windowed !== "SESSION") {
    return {
      key: key.subarray(0, key.length - windowBytes),
      window: { start, end: start + (windowMs ?? 0), type: "time" },
    };
  }
  const end = Number(key.readBigInt64BE(key.length - 2 * windowBytes));
  return { key: key.subarray(0, key.length - 2 * windowBytes), window: { start, end, type: "session" } };
}

/** The opposite: what Kafka Streams writes after a key. */
export function withWindow(key: Buffer, { start, end, type }: Window): Buffer {
  const bounds = Buffer.alloc(type === "session" ? 2 * windowBytes : windowBytes);
  bounds.writeBigInt64BE(BigInt(start), bounds.length - windowBytes);
  if (type === "session") {
    bounds.writeBigInt64BE(BigInt(end));
  }
  return Buffer.concat([key, bounds]);
}

function columnsOf({ columns }: Relation, isKey: boolean): RelationColumn[] {
  return columns.filter((column) => column.isKey === isKey);
}

function names(columns: readonly RelationColumn[]): string[] {
  return columns.map(({ name }) => name);
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

type Parse = (text: string, revive: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown;

/** JSON with every number as it is written: a double would lose digits of a decimal. */
function numbersAsText(text: string): unknown {
  return (JSON.parse as Parse)(text, (_, value, { source }) => (typeof value === "number" ? (source ?? value) : value));
}

/** Every column, NULL where the record has none; what no column is for stays, so that it is seen. */
function rowOf(decoded: unknown, columns: readonly RelationColumn[]): Row {
  const fields = (typeof decoded === "object" && decoded !== null ? decoded : { value: decoded }) as Record<
    string,
    unknown
  >;
  const known = columns.map(({ name, type }) => [name, columnValue(fields[name], type)] as const);
  const strange = Object.entries(fields).filter(([name]) => !columns.some((column) => column.name === name));
  return Object.fromEntries([...known, ...strange.map(([name, value]) => [name, JSON.stringify(value)] as const)]);
}

/** As cases write it. What does not look like its type stays as it came. */
function columnValue(value: unknown, type: SqlType): Value {
  if (value === null || value === undefined) {
    return null;
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  switch (type.base) {
    case "BOOLEAN":
      return value === true || value === false ? value : text;
    case "INTEGER":
    case "BIGINT":
    case "DOUBLE":
    case "TIMESTAMP":
    case "DATE":
      return Number.isNaN(Number(text)) ? text : Number(text);
    case "DECIMAL":
      return decimalText(text, type.scale);
    default:
      return text;
  }
}

/** With all digits after the point, which JSON may leave out. */
function decimalText(text: string, scale: number): string {
  const [, whole, fraction = ""] = /^(-?\d+)(?:\.(\d*))?$/.exec(text) ?? [];
  return whole === undefined || scale === 0 || fraction.length > scale
    ? text
    : `${whole}.${fraction.padEnd(scale, "0")}`;
}
