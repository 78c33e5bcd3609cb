import { isObject } from "../../check.ts";
import type { Properties } from "../../inventory.ts";
import { parsed } from "../common.ts";
import { parametersOf } from "./projection.ts";

interface Named {
  readonly name: string;
  readonly type: string;
}

/** What a view says of itself in the text that Athena and Trino read. */
interface ViewText {
  readonly originalSql: string;
  readonly catalog: string;
  readonly schema: string;
  readonly columns: readonly Named[];
}

/** What Athena finds wrong with a view. `has`: whether there is a table or view of a name, in a database or in the view's own. */
export function viewMistakes(
  inputs: Properties,
  columns: readonly Named[],
  has: (table: string, database: string) => boolean,
): string[] {
  const text = textOf(inputs.viewOriginalText);
  const { presto_view: flag } = parametersOf(inputs);
  if (flag !== "true" || text === undefined) {
    return [
      "Invalid view: presto_view is not true, or viewOriginalText is not /* Presto View: … */ with a description in base64",
    ];
  }
  const declared = columns.map(({ name, type }) => `${name} ${typeInTrino(type)}`);
  const told = text.columns.map(({ name, type }) => `${name} ${type}`);
  const missing = tablesIn(text.originalSql).filter(({ table, database }) => !has(table, database ?? text.schema));
  return [
    ...(text.catalog === "awsdatacatalog" ? [] : [`Invalid view: its catalog is ${text.catalog}, not awsdatacatalog`]),
    ...(text.schema === inputs.databaseName
      ? []
      : [`Invalid view: its schema is ${text.schema}, and it is in ${String(inputs.databaseName)}`]),
    ...(text.originalSql.trimEnd().endsWith(";") ? ["Invalid view: its statement ends with a semicolon"] : []),
    ...(declared.join(", ") === told.join(", ")
      ? []
      : [`View is stale: its columns are (${told.join(", ")}), and Glue has (${declared.join(", ")})`]),
    ...missing.map(({ table, database }) => `Table ${database ?? text.schema}.${table} does not exist`),
  ];
}

function textOf(original: unknown): ViewText | undefined {
  const [, base64 = ""] = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(String(original)) ?? [];
  const value = parsed(Buffer.from(base64, "base64").toString());
  return isObject(value) &&
    ["originalSql", "catalog", "schema"].every((part) => typeof value[part] === "string") &&
    Array.isArray(value.columns)
    ? (value as unknown as ViewText)
    : undefined;
}

const trinoNames: Readonly<Record<string, string>> = {
  string: "varchar",
  int: "integer",
  float: "real",
  binary: "varbinary",
  timestamp: "timestamp(3)",
};

function typeInTrino(type: string): string {
  return trinoNames[type] ?? type;
}

/** What a query reads, but for what it makes itself with WITH. */
function tablesIn(sql: string): { table: string; database: string | undefined }[] {
  const plain = sql.replace(/--.*|\/\*[^]*?\*\/|'(?:[^']|'')*'/g, " ");
  const own = [...plain.matchAll(/(?:\bWITH(?:\s+RECURSIVE)?|,)\s+"?(\w+)"?(?:\s*\([^()]*\))?\s+AS\s*\(/gi)];
  const ownNames = own.map(([, name = ""]) => name.toLowerCase());
  return [...plain.matchAll(/\b(?:FROM|JOIN)\s+((?:"[^"]+"|\w+)(?:\s*\.\s*(?:"[^"]+"|\w+))*)/gi)]
    .map(([, name = ""]) => name.split(".").map((part) => part.trim().replace(/^"|"$/g, "").toLowerCase()))
    .map((path) => ({ table: path.at(-1) ?? "", database: path.at(-2) }))
    .filter(({ table, database }) => database !== undefined || !ownNames.includes(table));
}
