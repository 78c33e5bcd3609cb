import type { ColumnType, SourceKind } from "../columnTypes.ts";

/**
 * A value of a column: decimals, dates (`2026-05-01`), times (`09:30:00.000`), timestamps (`2026-05-01T09:30:00.000`)
 * and uuids as text.
 */
export type SqlValue = string | number | bigint | boolean | Uint8Array | null;

/** A name with the quotes of the database, so that no letter in it means anything else. */
export function quotedName(kind: SourceKind, name: string): string {
  switch (kind) {
    case "sqlServer":
      return `[${name.replaceAll("]", "]]")}]`;
    case "postgres":
      return `"${name.replaceAll('"', '""')}"`;
    case "mySql":
    case "mariaDb":
      return `\`${name.replaceAll("`", "``")}\``;
  }
}

/** A table's declared path, `schema.table` or `table`, each part in quotes. */
export function quotedPath(kind: SourceKind, path: string): string {
  return path
    .split(".")
    .map((part) => quotedName(kind, part))
    .join(".");
}

/**
 * A value as the database reads it in a statement, under the database's default settings: backslashes mean something in
 * MySQL and MariaDB and nothing elsewhere. Fails for text that the databases cannot all hold: U+0000, and half a
 * surrogate pair.
 */
export function sqlLiteral(kind: SourceKind, type: ColumnType, value: SqlValue): string {
  if (value === null) {
    return "NULL";
  }
  if (typeof value === "boolean") {
    return kind === "postgres" ? String(value) : value ? "1" : "0";
  }
  if (value instanceof Uint8Array) {
    return bytesLiteral(kind, value);
  }
  if (typeof value === "string" && type.logical !== "decimal") {
    return textLiteral(kind, isTimestamp(type) && kind !== "sqlServer" ? value.replace("T", " ") : value);
  }
  return String(value);
}

function isTimestamp(type: ColumnType): boolean {
  return type.logical === "timestamp";
}

function bytesLiteral(kind: SourceKind, bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  switch (kind) {
    case "sqlServer":
      return `0x${hex}`;
    case "postgres":
      return `'\\x${hex}'`;
    case "mySql":
    case "mariaDb":
      return `X'${hex}'`;
  }
}

export function textLiteral(kind: SourceKind, text: string): string {
  if (text.includes("\0") || !text.isWellFormed()) {
    throw new Error(`text with U+0000 or half a surrogate pair: ${JSON.stringify(text)}`);
  }
  const doubled = text.replaceAll("'", "''");
  switch (kind) {
    case "sqlServer":
      return `N'${sqlcmdProof(doubled)}'`;
    case "postgres":
      return `'${doubled}'`;
    case "mySql":
    case "mariaDb":
      return `'${mySqlProof(doubled)}'`;
  }
}

/** A backslash means something, and the clients read `\r\n` as `\n`, in literals too. */
function mySqlProof(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\r", "\\r").replaceAll("\n", "\\n");
}

/** sqlcmd looks for variables, `$(name)`, and for a line that says GO, in literals too; T-SQL swallows a `\` at a line's end. */
function sqlcmdProof(text: string): string {
  return text
    .replaceAll("$(", () => "$' + N'(")
    .replace(/[\r\n]/g, (lineEnd) => `' + NCHAR(${lineEnd.charCodeAt(0)}) + N'`);
}
