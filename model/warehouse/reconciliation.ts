import type { ColumnType, SourceKind } from "../columnTypes.ts";
import type { Column, Table } from "../graph.ts";
import { nameIn } from "../names.ts";
import { quotedName, quotedPath } from "../sources/sqlText.ts";

/** Where the figures are taken: in Snowflake, or in the source itself. */
export type Reconciled = "snowflake" | SourceKind;

/** The statements of several tables, with what to do with them. */
export function reconciliationFile(system: Reconciled, tables: readonly Table[]): string {
  const [where, other] = system === "snowflake" ? ["in Snowflake", "the source"] : ["in the source", "Snowflake"];
  return [
    `-- Are the rows those of ${other}? Count, sums and a checksum for each range of keys, ${where}.`,
    "--",
    `-- Run the twin of each statement in ${other} and compare: the figures are equal where the rows are. While rows`,
    "-- change, compare the ranges that differ once more. For other tables, `npm run sources:sql -- --reconcile` prints both.",
    ...tables.map((table) => reconciliation(system, table)),
  ].join("\n");
}

/** How a system says things; each takes and gives SQL. */
interface Dialect {
  /** A value as text: the same characters in every system. */
  readonly text: (value: string, type: ColumnType) => string;
  /** The first of the thousand whole numbers that a key is of. */
  readonly thousand: (key: string) => string;
  readonly md5: (text: string) => string;
  /** 32 bits of the MD5 of a text, summed over the rows. */
  readonly checksum: (text: string) => string;
}

/**
 * A statement that gives, for each range of keys, the number of rows, the sum of each decimal column and a checksum over
 * all columns: the same figures in a table's source and in Snowflake, if the rows are the same. Whole numbers are ranged
 * by thousands, other keys by the first two digits of their MD5.
 *
 * The checksum is the sum over the rows of 32 bits of the MD5 of all values as text in UTF-8. So the order of rows is no
 * matter, and one row that differs stays unseen once in 4 billion times. Columns of float64 are left out: each system
 * writes them in its own way.
 *
 * Needs SQL Server 2019 (UTF-8), MySQL 8, MariaDB 10.2 or Postgres 12, or newer.
 */
export function reconciliation(system: Reconciled, table: Table): string {
  const { text, thousand, md5, checksum } = dialects[system];
  const isSnowflake = system === "snowflake";
  const nameOf = ({ name, source }: Column) => (isSnowflake ? nameIn(system, name) : quotedName(system, source));
  const textOf = (column: Column) => text(nameOf(column), column.type);
  const cased = (alias: string) => (isSnowflake ? nameIn(system, alias) : alias.toLowerCase());
  const keys = table.columns.filter(({ name }) => table.key.includes(name));
  const range = keys.length === 1 && keys.every(isWhole) ? thousand(keys.map(nameOf).join()) : firstDigits(keys);
  const values = table.columns.filter(({ type }) => type.logical !== "float64").map((column) => known(textOf(column)));
  const sums = table.columns.filter(({ type }) => type.logical === "decimal");
  return [
    "SELECT",
    `    ${range} AS ${cased("key_range")},`,
    `    COUNT(*) AS ${cased("row_count")},`,
    ...sums.map((column) => `    SUM(${nameOf(column)}) AS ${cased(`sum_${column.name}`)},`),
    `    ${checksum(joined(values, 8))} AS ${cased("checksum")}`,
    `FROM ${isSnowflake ? `ANALYTICS.${nameIn(system, table.name)}` : quotedPath(system, table.path)}`,
    `GROUP BY ${range}`,
    `ORDER BY ${cased("key_range")};`,
    "",
  ].join("\n");

  function firstDigits(columns: readonly Column[]): string {
    const [only, ...others] = columns.map(textOf);
    return `LEFT(${md5(only !== undefined && others.length === 0 ? only : joined(columns.map(textOf), 4))}, 2)`;
  }
}

function isWhole({ type }: Column): boolean {
  return type.logical === "int16" || type.logical === "int32" || type.logical === "int64";
}

/** Text with a NULL is no text. */
function known(text: string): string {
  return `COALESCE(${text}, '<NULL>')`;
}

function joined(texts: readonly string[], indent: number): string {
  const before = `\n${" ".repeat(indent)}`;
  return `CONCAT_WS(${["'|'", ...texts].map((text) => before + text).join(",")}\n${" ".repeat(indent - 4)})`;
}

const mySql: Dialect = {
  text: (value, { logical }) => {
    switch (logical) {
      case "date":
        return `DATE_FORMAT(${value}, '%Y-%m-%d')`;
      case "time":
        return `LEFT(TIME_FORMAT(${value}, '%H:%i:%s.%f'), 12)`;
      case "timestamp":
        return `LEFT(DATE_FORMAT(${value}, '%Y-%m-%d %H:%i:%s.%f'), 23)`;
      case "boolean":
        return `CAST(${value} + 0 AS CHAR)`;
      case "bytes":
        return `LOWER(HEX(${value}))`;
      case "uuid":
        return `LOWER(${value})`;
      case "text":
        return value;
      default:
        return `CAST(${value} AS CHAR)`;
    }
  },
  thousand: (key) => `FLOOR(${key} / 1000) * 1000`,
  md5: (text) => `MD5(CONVERT(${text} USING utf8mb4))`,
  checksum: (text) => `SUM(CAST(CONV(RIGHT(${mySql.md5(text)}, 8), 16, 10) AS UNSIGNED))`,
};

const dialects: Readonly<Record<Reconciled, Dialect>> = {
  snowflake: {
    text: (value, { logical }) => {
      switch (logical) {
        case "date":
          return `TO_CHAR(${value}, 'YYYY-MM-DD')`;
        case "time":
          return `TO_CHAR(${value}, 'HH24:MI:SS.FF3')`;
        case "timestamp":
          return `TO_CHAR(${value}, 'YYYY-MM-DD HH24:MI:SS.FF3')`;
        case "boolean":
          return `CASE ${value} WHEN TRUE THEN '1' WHEN FALSE THEN '0' END`;
        case "bytes":
          return `LOWER(HEX_ENCODE(${value}))`;
        case "uuid":
          return `LOWER(${value})`;
        case "text":
          return value;
        default:
          return `TO_VARCHAR(${value})`;
      }
    },
    thousand: (key) => `FLOOR(${key} / 1000) * 1000`,
    md5: (text) => `MD5(${text})`,
    checksum: (text) => `SUM(MOD(MD5_NUMBER_LOWER64(${text}), 4294967296))`,
  },
  sqlServer: {
    text: (value, { logical }) => {
      switch (logical) {
        case "date":
          return `CONVERT(VARCHAR(10), ${value}, 23)`;
        case "time":
          return `CONVERT(VARCHAR(12), ${value}, 121)`;
        case "timestamp":
          return `CONVERT(VARCHAR(23), ${value}, 121)`;
        case "bytes":
          return `LOWER(CONVERT(VARCHAR(MAX), ${value}, 2))`;
        case "uuid":
          return `LOWER(CONVERT(VARCHAR(36), ${value}))`;
        case "text":
          // Of any length, else what is joined ends after 4,000 characters.
          return `CONVERT(NVARCHAR(MAX), ${value})`;
        default:
          return `CONVERT(VARCHAR(50), ${value})`;
      }
    },
    thousand: (key) => `FLOOR(${key} / 1000.0) * 1000`,
    md5: (text) => `LOWER(CONVERT(VARCHAR(32), ${hashBytes(text)}, 2))`,
    checksum: (text) => `SUM(CONVERT(BIGINT, SUBSTRING(${hashBytes(text)}, 13, 4)))`,
  },
  mySql,
  mariaDb: mySql,
  postgres: {
    text: (value, { logical }) => {
      switch (logical) {
        case "date":
          return `TO_CHAR(${value}, 'YYYY-MM-DD')`;
        case "time":
          return `TO_CHAR(${value}, 'HH24:MI:SS.MS')`;
        case "timestamp":
          return `TO_CHAR(${value}, 'YYYY-MM-DD HH24:MI:SS.MS')`;
        case "boolean":
          return `CASE ${value} WHEN TRUE THEN '1' WHEN FALSE THEN '0' END`;
        case "bytes":
          return `ENCODE(${value}, 'hex')`;
        case "uuid":
          return `LOWER(CAST(${value} AS TEXT))`;
        case "text":
          return value;
        default:
          return `CAST(${value} AS TEXT)`;
      }
    },
    thousand: (key) => `FLOOR(${key} / 1000.0) * 1000`,
    md5: (text) => `MD5(${text})`,
    checksum: (text) => `SUM(CAST(CAST('x' || RIGHT(MD5(${text}), 8) AS BIT(32)) AS BIGINT))`,
  },
};

/** SQL Server hashes the bytes that it keeps, which are UTF-8 only under such a collation. */
function hashBytes(text: string): string {
  return `HASHBYTES('MD5', CONVERT(VARCHAR(MAX), ${text} COLLATE Latin1_General_100_BIN2_UTF8))`;
}
