import type { ColumnType, SourceKind } from "../columnTypes.ts";
import type { Column, Table } from "../graph.ts";
import { nameIn } from "../names.ts";
import { quotedName, quotedPath } from "../sources/sqlText.ts";

/** Where the figures are taken: in Snowflake, or in the source itself. */
export type Reconciled = "snowflake" | SourceKind;

/** Keys of whole numbers are counted by so many. */
const rangeSize = 1000;

/**
 * A statement a table that gives, for each range of keys, the number of rows, the sum of each decimal column and a
 * checksum over all columns: the same figures in the source and in Snowflake, if the rows are the same. A checksum is
 * the sum, over the rows, of 32 bits of the MD5 of the row's values as text in UTF-8, so the order of rows is no matter,
 * and one changed row stays unseen once in 4 billion times. Whole numbers are ranged by thousands, other keys by the
 * first two digits of their MD5. Columns of float64 are left out: systems write them differently.
 *
 * SQL Server 2019 or newer (UTF-8), MySQL 8, MariaDB 10.2, PostgreSQL 12.
 */
export function reconciliation(system: Reconciled, table: Table): string {
  const words = dialects[system];
  const named = (column: Column) => (system === "snowflake" ? nameIn(system, column.name) : quotedName(system, column.source));
  const from = system === "snowflake" ? `ANALYTICS.${nameIn(system, table.name)}` : quotedPath(system, table.path);
  const text = (column: Column) => words.text(named(column), column.type);
  const [key] = table.columns.filter(({ name }) => name === table.key[0]);
  if (key === undefined) {
    throw new Error(`table ${table.name} has no column ${table.key.join(", ")}`);
  }
  const values = table.columns.filter(({ type }) => type.logical !== "float64").map((column) => missing(text(column)));
  const sums = table.columns.filter(({ type }) => type.logical === "decimal");
  const as = (name: string) => (system === "snowflake" ? name.toUpperCase() : name.toLowerCase());
  return [
    "SELECT",
    `    ${isWhole(key.type) ? words.range(named(key)) : words.firstDigits(text(key))} AS ${as("key_range")},`,
    `    COUNT(*) AS ${as("row_count")},`,
    ...sums.map((column) => `    SUM(${named(column)}) AS ${quotedSum(system, column)},`),
    `    ${words.checksum(values.map((value) => `        ${value}`).join(",\n"))} AS ${as("checksum")}`,
    `FROM ${from}`,
    `GROUP BY ${words.grouping(isWhole(key.type) ? words.range(named(key)) : words.firstDigits(text(key)))}`,
    "ORDER BY 1;",
    "",
  ].join("\n");
}
