import type { SourceKind } from "../columnTypes.ts";
import type { Source, Table } from "../graph.ts";
import { systemTitles } from "../names.ts";
import { hash32 } from "./hash.ts";

/**
 * A regular expression of Java's that matches just this text. Nothing in it can be taken for a separator of Debezium's
 * lists: comma, semicolon, colon, space and backslash are written as codes.
 */
export function literal(text: string): string {
  return text
    .replace(/[\0- "',:;\\\x7f]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`)
    .replace(/[$^.*+?()[\]{}|]/g, "\\$&");
}

/** Debezium ignores case in its lists, databases do not: a table or column that differs in it is another one. */
export function exactly(...path: readonly string[]): string {
  return `(?-i)${path.map(literal).join("\\.")}`;
}

/** What Debezium's lists call a table: without the database in SQL Server and Postgres, with it in MySQL and MariaDB. */
export function listedPath(source: Pick<Source, "kind" | "database">, path: string): string[] {
  return hasSchemas(source.kind) ? path.split(".") : [source.database, path];
}

/** The topic that Debezium writes a table's changes to: SQL Server's, MySQL's and MariaDB's have the database in it. */
export function debeziumTopic(source: Pick<Source, "name" | "kind" | "database">, path: string): string {
  const parts = source.kind === "postgres" ? [source.name, path] : [source.name, source.database, path];
  return parts
    .join(".")
    .replace(/[^A-Za-z0-9._-]/g, "_")
    .slice(0, 249);
}

/** The field that a column becomes with `field.name.adjustment.mode=avro`. */
export function fieldOf(column: string): string {
  return column.replace(/[^A-Za-z0-9_]/g, "_").replace(/^[0-9]/, "_$&");
}

/** The fields of a table's key, in the key's order. */
export function keyFields(table: Table): string[] {
  return keyColumns(table).map(fieldOf);
}

/** The columns of a table's key by their names in the database, in the key's order. */
export function keyColumns(table: Table): string[] {
  return table.key.flatMap((name) => table.columns.find((column) => column.name === name)?.source ?? []);
}

/** The table that asks a running connector to read a table again, by inserting a row; the DBA script makes it. */
export const signalColumns = ["id", "type", "data"] as const;

export function signalTable(kind: SourceKind): string {
  const schemas: Readonly<Record<SourceKind, string>> = {
    sqlServer: "dbo.",
    mySql: "",
    mariaDb: "",
    postgres: "public.",
  };
  return `${schemas[kind]}debezium_signal`;
}

/** The signal table as `signal.data.collection` names it, with its database where Debezium looks for one. */
export function signalCollection(source: Pick<Source, "kind" | "database">): string {
  const table = signalTable(source.kind);
  if (source.kind === "postgres") {
    return table;
  }
  const isPlain = /^[\w$-]+$/.test(source.database);
  return `${isPlain ? source.database : `"${source.database.replaceAll('"', '""')}"`}.${table}`;
}

/**
 * What Debezium would take a database's name for something else by, as a sentence; `undefined` if it takes the name as it
 * is. It reads the signal table's name, in which the database's is, now as a list, now as a regular expression.
 */
export function databaseNameMistake(kind: SourceKind, database: string): string | undefined {
  const strange = kind === "postgres" ? undefined : /[,"\\()[\]{}*+?|]|^\s|\s$/.exec(database)?.[0];
  return strange === undefined
    ? undefined
    : `Debezium takes no ${JSON.stringify(strange)} in the name of a database of ${systemTitles[kind]}. Capture another database.`;
}

/**
 * Name of a Postgres source's replication slot and of its publication: `dev_shop`. No two stacks that read from one
 * server may have the same. 63 characters of a to z, 0 to 9 and _; where the stack's name has others, or is too long, a
 * checksum keeps it apart from those that look the same.
 */
export function replicationName(stack: string, source: string): string {
  const name = `${stack}_${source}`;
  const legal = name.toLowerCase().replace(/[^a-z0-9_]/g, "_");
  if (legal === name && name.length <= 63) {
    return name;
  }
  const checksum = hash32(name).toString(16).padStart(8, "0");
  return `${legal.slice(0, 54)}_${checksum}`;
}

function hasSchemas(kind: SourceKind): boolean {
  return kind === "sqlServer" || kind === "postgres";
}
