import type { ColumnType } from "../columnTypes.ts";
import type { Column, Table } from "../graph.ts";
import { items } from "./demoWords.ts";
import { randomFrom, type Random } from "./random.ts";
import type { SqlValue } from "./sqlText.ts";

/** A row, or some columns of one, by the columns' names in the source database. */
export type Row = Readonly<Record<string, SqlValue>>;

/** A whole row of a table: what is known by name where the column can hold it, else something of the column's type. */
export function rowOf(table: Table, id: number, known: Row, random: Random): Row {
  const value = (column: Column) =>
    knownValue(known, column) ?? anyValue(column.type, id, table.key.includes(column.name), random);
  return Object.fromEntries(table.columns.map((column) => [column.source, value(column)]));
}

/** The key of row `id`, as the row itself has it. */
export function keyOf(table: Table, id: number): Row {
  const row = rowOf(table, id, { order_id: id, id }, randomFrom(id));
  return Object.fromEntries(keyColumns(table).map(({ source }) => [source, row[source] ?? null]));
}

/** Those of the known values that the table has a fitting column for. */
export function columnsOf(table: Table, known: Row): Row {
  const entries = table.columns.map((column) => [column.source, knownValue(known, column)] as const);
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

export function keyColumns(table: Table): Column[] {
  return table.columns.filter(({ name }) => table.key.includes(name));
}

/** Another value for a column that is no key; nothing where a table is all key. */
export function otherValue(table: Table, random: Random): Row {
  const columns = table.columns.filter(({ name }) => !table.key.includes(name));
  const column = columns[random.integer(0, columns.length - 1)];
  return column === undefined ? {} : { [column.source]: anyValue(column.type, random.integer(1, 1000), false, random) };
}

function knownValue(known: Row, { source, type }: Column): SqlValue | undefined {
  const value = known[source.toLowerCase()];
  return value === undefined ? undefined : fitted(type, value);
}

/** The value as a column of the type holds it; `undefined` if it cannot. */
function fitted(type: ColumnType, value: SqlValue): SqlValue | undefined {
  const isDate = typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value);
  switch (type.logical) {
    case "int16":
    case "int32":
    case "int64":
      return typeof value === "number" ? value : undefined;
    case "decimal":
      return fittedDecimal(type.precision, type.scale, String(value));
    case "text":
      return cut(String(value), type.length);
    case "date":
      return isDate ? value.slice(0, 10) : undefined;
    case "timestamp":
      return isDate && value.includes("T") ? value : undefined;
    default:
      return undefined;
  }
}

function fittedDecimal(precision: number, scale: number, text: string): string | undefined {
  const [, whole = "", part = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return whole !== "" && whole.length <= precision - scale && part.length <= scale
    ? decimalText(whole, part.padEnd(scale, "0"))
    : undefined;
}

/** Something that a column of the type holds; in a key, another thing for each `id`. */
function anyValue(type: ColumnType, id: number, isKey: boolean, random: Random): SqlValue {
  switch (type.logical) {
    case "boolean":
      return random.integer(0, 1) === 1;
    case "int16":
    case "int32":
    case "int64":
      return isKey ? id : random.integer(1, 1000);
    case "float64":
      return random.integer(1, 1000) / 8; // exact in binary
    case "decimal": {
      const digits = String(random.integer(1, 9)).padStart(type.scale + 1, "0");
      return decimalText(digits.slice(0, digits.length - type.scale), digits.slice(digits.length - type.scale));
    }
    case "text":
      return cut(isKey ? String(id) : `${random.pick(items)} ${id}`, type.length);
    case "date":
      return momentAt(id * 1440, 0).slice(0, 10);
    case "time":
      return momentAt(random.integer(0, 1439), random.integer(0, 59_999)).slice(11);
    case "timestamp":
      return momentAt(id * 60, random.integer(0, 59_999));
    case "bytes":
      return Uint8Array.from({ length: 4 }, () => random.integer(0, 255));
    case "uuid":
      return `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`;
  }
}

function decimalText(whole: string, part: string): string {
  return part === "" ? whole : `${whole}.${part}`;
}

/** So many minutes and milliseconds after 2026-05-01, as `2026-05-01T00:00:00.000`. */
export function momentAt(minutes: number, milliseconds: number): string {
  return new Date(Date.UTC(2026, 4, 1) + minutes * 60_000 + milliseconds).toISOString().slice(0, -1);
}

/** At most so many UTF-16 units, which is how SQL Server counts; never half a character. */
function cut(text: string, length: number): string {
  let result = "";
  for (const character of text) {
    if (result.length + character.length > length) {
      break;
    }
    result += character;
  }
  return result;
}
