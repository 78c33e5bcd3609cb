import { carriedBy, type SourceKind } from "../columnTypes.ts";
import type { Column, Table } from "../graph.ts";
import type { Change } from "./demoChanges.ts";
import type { DemoTable } from "./demoData.ts";
import { keyColumns, type Row } from "./demoValues.ts";
import { quotedName, quotedPath, sqlLiteral, textLiteral, type SqlValue } from "./sqlText.ts";

/** Ids that the database itself gives to new rows start after this, out of the way of the rows that a demo starts with. */
const lastGivenId = 1000;

/** Makes the database, if it is not there yet. Postgres has no such statement: there it must be made before. */
export function databaseSql(kind: SourceKind, database: string): string {
  switch (kind) {
    case "sqlServer":
      return lines(
        `IF DB_ID(${textLiteral(kind, database)}) IS NULL CREATE DATABASE ${quotedName(kind, database)};`,
        "GO",
      );
    case "mySql":
    case "mariaDb":
      return lines(`CREATE DATABASE IF NOT EXISTS ${quotedName(kind, database)} CHARACTER SET utf8mb4;`);
    case "postgres":
      return "";
  }
}

/** What a client must say first, so that the statements below mean the same to it whatever its settings are. UTF-8. */
export function sessionSql(kind: SourceKind, database: string): string {
  switch (kind) {
    case "sqlServer":
      return lines("SET QUOTED_IDENTIFIER ON;", "SET XACT_ABORT ON;", `USE ${quotedName(kind, database)};`, "GO");
    case "mySql":
    case "mariaDb":
      return lines(
        "SET NAMES utf8mb4;",
        "SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');",
        `USE ${quotedName(kind, database)};`,
      );
    case "postgres":
      return lines("SET client_encoding = 'UTF8';", "SET standard_conforming_strings = on;");
  }
}

/** Makes each table that is not there yet, with the declared columns, types and key. */
export function schemaSql(kind: SourceKind, tables: readonly Table[]): string {
  return lines(...schemasOf(kind, tables), ...tables.map((table) => createTable(kind, table)), ...batchEnd(kind));
}

/** Fills each table that is empty, so that it can be run again. In Postgres it cannot. */
export function seedSql(kind: SourceKind, tables: readonly DemoTable[]): string {
  return lines(...tables.flatMap(({ table, rows }) => fill(kind, table, rows)), ...batchEnd(kind));
}

/** All changes in one transaction. */
export function transactionSql(kind: SourceKind, changes: readonly Change[]): string {
  const begin = kind === "postgres" ? "BEGIN" : kind === "sqlServer" ? "BEGIN TRANSACTION" : "START TRANSACTION";
  const statements = changes.map((change) => `${changeSql(kind, change)};`);
  return lines(`${begin};`, ...statements, "COMMIT;", ...batchEnd(kind));
}

function changeSql(kind: SourceKind, change: Change): string {
  const { table } = change;
  const target = quotedPath(kind, table.path);
  switch (change.operation) {
    case "insert":
      return `INSERT INTO ${target} (${names(kind, table.columns)}) VALUES (${literals(kind, table, change.row)})`;
    case "append":
      return (
        `INSERT INTO ${target} (${names(kind, table.columns)}) ` +
        `SELECT ${appended(kind, table, change.row)} FROM ${target}`
      );
    case "update":
      return `UPDATE ${target} SET ${assignments(kind, table, change.row, ", ")} WHERE ${condition(kind, table, change.key)}`;
    case "delete":
      return `DELETE FROM ${target} WHERE ${condition(kind, table, change.key)}`;
  }
}

/** The values of a row whose key is the next number. */
function appended(kind: SourceKind, table: Table, row: Row): string {
  const isKey = ({ name }: Column) => table.key.includes(name);
  return table.columns
    .map((column) => (isKey(column) ? nextId(quotedName(kind, column.source)) : literal(kind, column, row)))
    .join(", ");
}

function nextId(key: string): string {
  return `CASE WHEN MAX(${key}) > ${lastGivenId} THEN MAX(${key}) + 1 ELSE ${lastGivenId + 1} END`;
}

function condition(kind: SourceKind, table: Table, key: Row | "newest"): string {
  if (key !== "newest") {
    return assignments(kind, table, key, " AND ");
  }
  // MySQL refuses a statement that reads the table that it changes, but for a derived table.
  const id = keyColumns(table)
    .map(({ source }) => quotedName(kind, source))
    .join();
  const newest = `SELECT MAX(${id}) AS id FROM ${quotedPath(kind, table.path)} WHERE ${id} > ${lastGivenId}`;
  return `${id} = (SELECT id FROM (${newest}) AS newest)`;
}

function assignments(kind: SourceKind, table: Table, row: Row, separator: string): string {
  return table.columns
    .filter(({ source }) => source in row)
    .map((column) => `${quotedName(kind, column.source)} = ${literal(kind, column, row)}`)
    .join(separator);
}

function schemasOf(kind: SourceKind, tables: readonly Table[]): string[] {
  const isThere = kind === "sqlServer" ? "dbo" : "public";
  const schemas = new Set(tables.flatMap(({ path }) => (path.includes(".") ? [path.slice(0, path.indexOf("."))] : [])));
  return [...schemas]
    .filter((schema) => schema !== isThere)
    .map((schema) => {
      const create = `CREATE SCHEMA ${quotedName(kind, schema)}`;
      return kind === "sqlServer"
        ? `IF SCHEMA_ID(${textLiteral(kind, schema)}) IS NULL EXEC (${textLiteral(kind, create)});`
        : `${create.replace("SCHEMA", "SCHEMA IF NOT EXISTS")};`;
    });
}

function createTable(kind: SourceKind, table: Table): string {
  const target = quotedPath(kind, table.path);
  const columns = table.columns.map((column) => `  ${columnSql(kind, table, column)},`);
  const body = [...columns, `  PRIMARY KEY (${names(kind, keyColumns(table))})`];
  switch (kind) {
    case "sqlServer":
      return lines(
        `IF OBJECT_ID(${textLiteral(kind, target)}, N'U') IS NULL`,
        `CREATE TABLE ${target} (`,
        ...body,
        ");",
      );
    case "mySql":
    case "mariaDb":
      return lines(`CREATE TABLE IF NOT EXISTS ${target} (`, ...body, ") DEFAULT CHARACTER SET utf8mb4;");
    case "postgres":
      return lines(`CREATE TABLE IF NOT EXISTS ${target} (`, ...body, ");");
  }
}

function columnSql(kind: SourceKind, table: Table, { source, type, required }: Column): string {
  const carried = carriedBy(kind, type);
  if (!("type" in carried)) {
    throw new Error(`${table.path}, column ${source}: ${carried.refused}`);
  }
  return `${quotedName(kind, source)} ${carried.type} ${required ? "NOT NULL" : "NULL"}`;
}

function fill(kind: SourceKind, table: Table, rows: readonly Row[]): string[] {
  const target = quotedPath(kind, table.path);
  const insert = `INSERT INTO ${target} (${names(kind, table.columns)})`;
  const tuples = rows.map((row) => literals(kind, table, row));
  switch (kind) {
    case "sqlServer":
      return [`IF NOT EXISTS (SELECT 1 FROM ${target})`, `${insert} VALUES\n(${tuples.join("),\n(")});`];
    case "postgres":
      return [`${insert} VALUES\n(${tuples.join("),\n(")});`];
    case "mySql":
    case "mariaDb": {
      // A derived table has the names of its first part, which must differ.
      const [first = {}] = rows;
      const named = table.columns.map(
        (column) => `${literal(kind, column, first)} AS ${quotedName(kind, column.source)}`,
      );
      const seed = [named.join(", "), ...tuples.slice(1)].join("\nUNION ALL SELECT ");
      return [`${insert} SELECT * FROM (SELECT ${seed}) AS seed WHERE NOT EXISTS (SELECT 1 FROM ${target});`];
    }
  }
}

function literals(kind: SourceKind, table: Table, row: Row): string {
  return table.columns.map((column) => literal(kind, column, row)).join(", ");
}

function literal(kind: SourceKind, { source, type }: Column, row: Row): string {
  const value: SqlValue = row[source] ?? null;
  return sqlLiteral(kind, type, value);
}

function names(kind: SourceKind, columns: readonly Column[]): string {
  return columns.map(({ source }) => quotedName(kind, source)).join(", ");
}

/** sqlcmd sends statements at each GO. */
function batchEnd(kind: SourceKind): string[] {
  return kind === "sqlServer" ? ["GO"] : [];
}

function lines(...all: string[]): string {
  return all.map((line) => (line.endsWith("\n") ? line : `${line}\n`)).join("");
}
