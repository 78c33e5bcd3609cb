import { quotedName } from "./ident.ts";

/** Types without parameters, by the name that DESCRIBE prints. */
export const plainTypes = [
  "BOOLEAN",
  "INTEGER",
  "BIGINT",
  "DOUBLE",
  "STRING",
  "BYTES",
  "DATE",
  "TIME",
  "TIMESTAMP",
] as const;

/** A type of ksqlDB. Types are equal when `describeSqlType` says the same of them. */
export type SqlType =
  | { readonly base: (typeof plainTypes)[number] }
  | SqlDecimal
  | { readonly base: "ARRAY"; readonly items: SqlType }
  | { readonly base: "MAP"; readonly keys: SqlType; readonly values: SqlType }
  | { readonly base: "STRUCT"; readonly fields: readonly SqlField[] };

export interface SqlDecimal {
  readonly base: "DECIMAL";
  readonly precision: number;
  readonly scale: number;
}

export interface SqlField {
  /** As ksqlDB keeps it: upper case unless it was quoted. */
  readonly name: string;
  readonly type: SqlType;
}

/** Other names that ksqlDB takes for a type. */
const synonyms: Readonly<Record<string, (typeof plainTypes)[number]>> = { INT: "INTEGER", VARCHAR: "STRING" };

export function plainType(name: string): SqlType | undefined {
  const upper = name.toUpperCase();
  const base = synonyms[upper] ?? plainTypes.find((candidate) => candidate === upper);
  return base === undefined ? undefined : { base };
}

/** `DECIMAL(5,2)`, `ARRAY<STRING>`, `STRUCT<ID INTEGER>`: what DESCRIBE prints, and what CAST takes. */
export function describeSqlType(type: SqlType): string {
  switch (type.base) {
    case "DECIMAL":
      return `DECIMAL(${type.precision},${type.scale})`;
    case "ARRAY":
      return `ARRAY<${describeSqlType(type.items)}>`;
    case "MAP":
      return `MAP<${describeSqlType(type.keys)}, ${describeSqlType(type.values)}>`;
    case "STRUCT":
      return `STRUCT<${type.fields.map(({ name, type: field }) => `${quotedName(name)} ${describeSqlType(field)}`).join(", ")}>`;
    default:
      return type.base;
  }
}

export function sameSqlType(a: SqlType, b: SqlType): boolean {
  return describeSqlType(a) === describeSqlType(b);
}
