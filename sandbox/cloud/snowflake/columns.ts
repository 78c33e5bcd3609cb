import { isObject } from "../check.ts";
import { CloudError, type Properties } from "../inventory.ts";
import { compilation, listOf, textOf } from "./common.ts";
import { beyondLimits, describedType, isSameType, parseDataType, shown } from "./dataTypes.ts";

/** A column of a table, as DESCRIBE TABLE tells it. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly comment: string;
  /** Its default, as JSON; `""` for none. */
  readonly default: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** A table's columns and rows: what a change of its columns works on. */
export interface Content {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** The columns that inputs or outputs hold. */
export function columnsOf(value: unknown): Column[] {
  return listOf(value)
    .filter(isObject)
    .map((column) => ({
      name: textOf(column.name),
      type: describedType(textOf(column.type)),
      nullable: column.nullable !== false,
      comment: textOf(column.comment),
      default: column.default === undefined ? "" : JSON.stringify(column.default),
    }));
}

/** As the provider's outputs hold them. */
export function outputsOf(columns: readonly Column[]): Properties[] {
  return columns.map(({ name, type, nullable, comment, default: value }) => ({
    name,
    type,
    nullable,
    ...(comment === "" ? {} : { comment }),
    ...(value === "" ? {} : { default: JSON.parse(value) as unknown }),
  }));
}

/** Refuses columns that no table can have. */
export function checkColumns(columns: readonly Column[]): void {
  columns.forEach(({ name, type }, index) => {
    if (columns.findIndex((other) => other.name === name) < index) {
      throw compilation("002025 (42S21)", `duplicate column name '${name}'`);
    }
    const problem = beyondLimits(type);
    if (problem !== undefined) {
      throw compilation("002040 (42601)", problem);
    }
  });
}

/**
 * The steps in which provider 1.2.1 makes one list of columns into another: it drops what is not in the new list, with all
 * that is in it, adds what is new at the end, then alters. A renamed column is dropped and added.
 */
export function stepsTo(before: readonly Column[], after: readonly Column[]): ((content: Content) => Content)[] {
  const dropped = before.filter(({ name }) => !after.some((column) => column.name === name));
  const added = after.filter(({ name }) => !before.some((column) => column.name === name));
  const kept = after.filter((column) => !added.includes(column));
  return [
    ...(dropped.length > 0 ? [(content: Content) => without(content, dropped)] : []),
    ...added.map((column) => (content: Content) => withColumn(content, column)),
    ...kept.map((column) => (content: Content) => altered(content, column)),
  ];
}

function without({ columns, rows }: Content, dropped: readonly Column[]): Content {
  const isDropped = (name: string) => dropped.some((column) => column.name === name);
  const left = columns.filter(({ name }) => !isDropped(name));
  if (left.length === 0) {
    throw new CloudError(`error updating table: ${compilation("002028 (42601)", "a table needs a column").message}`);
  }
  return {
    columns: left,
    rows: rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !isDropped(name)))),
  };
}

function withColumn({ columns, rows }: Content, column: Column): Content {
  const { constant, expression, sequence } = defaultOf(column);
  if (expression !== undefined || sequence !== undefined) {
    throw new CloudError(
      `failed to add column ${column.name} => Only adding a column as a constant is supported by Snowflake`,
    );
  }
  checkColumns([...columns, column]);
  if (!column.nullable && constant === undefined && rows.length > 0) {
    throw new CloudError(
      `error adding column: SQL compilation error:\nNon-nullable column '${column.name}' cannot be added to non-empty table unless it has a non-null default value.`,
    );
  }
  return {
    columns: [...columns, column],
    rows: rows.map((row) => ({ ...row, [column.name]: constant ?? null })),
  };
}

function altered(content: Content, wanted: Column): Content {
  const now = content.columns.find(({ name }) => name === wanted.name);
  if (now === undefined) {
    return content;
  }
  checkRetype(now, wanted, content.rows);
  if (now.nullable && !wanted.nullable && content.rows.some((row) => (row[wanted.name] ?? null) === null)) {
    throw changing(`Column '${wanted.name}' contains null values. Not null constraint cannot be added.`);
  }
  // A default can be dropped; another one, or a new one, is not passed on (the provider says so).
  const next = { ...wanted, default: wanted.default === "" ? "" : now.default };
  return { ...content, columns: content.columns.map((column) => (column === now ? next : column)) };
}

/** What Snowflake lets a type become: longer text, and more digits before the point; fewer, where the values allow it. */
function checkRetype({ name, type: now }: Column, { type: wanted }: Column, rows: readonly Row[]): void {
  const [from, to] = [parseDataType(now), parseDataType(wanted)];
  if (from === undefined || to === undefined || isSameType(now, wanted)) {
    return;
  }
  const refusal = (because = "") =>
    changing(`cannot change column ${name} from type ${shown(from)} to ${shown(to)}${because}`, "002108 (22000)");
  const [length = 0, scale = 0] = from.arguments;
  const [newLength = 0, newScale = 0] = to.arguments;
  if (from.name !== to.name || !["VARCHAR", "NUMBER", "BINARY"].includes(from.name)) {
    throw refusal();
  }
  if (from.name !== "NUMBER" && newLength < length) {
    throw refusal(` because reducing the byte-length of a ${from.name.toLowerCase()} is not supported.`);
  }
  if (from.name === "NUMBER" && newScale !== scale) {
    throw refusal(" because changing the scale of a number is not supported.");
  }
  const most = 10 ** (newLength - newScale);
  if (from.name === "NUMBER" && newLength < length && rows.some((row) => Math.abs(Number(row[name] ?? 0)) >= most)) {
    throw refusal(" because some of its values do not fit.");
  }
}

function changing(message: string, code = "002108 (22000)"): CloudError {
  return new CloudError(`error changing property: err ${compilation(code, message).message}`);
}

function defaultOf({ default: value }: Column): Properties {
  const parsed: unknown = value === "" ? {} : JSON.parse(value);
  return isObject(parsed) ? parsed : {};
}
