import { deletedFlag } from "../deletions.ts";
import { positionColumns } from "./columns.ts";
import { owner, type GlueTable } from "./glueTable.ts";
import { partitionKeys } from "./layout.ts";
import type { LakeColumn, LakeTable } from "./table.ts";

/** The templates of views, by the kind of view: files in `sql/athena/views/`. */
export type ViewKind = "facts" | "current_state" | "sessions";

/** Which view people read of a topic; `undefined`: none, since what is gone cannot be told from what is there. */
export function viewKindOf({ kind, deletions }: LakeTable): ViewKind | undefined {
  if (deletions === "tombstone") {
    return undefined; // the sink leaves those out: they have no row that could be in a file
  }
  if (kind === "facts") {
    return "facts";
  }
  return deletions === "session" ? "sessions" : "current_state";
}

export function viewFile(kind: ViewKind): string {
  return `sql/athena/views/${kind}.sql`;
}

/** The columns that a view shows, with Hive's types. */
function shownBy(table: LakeTable): LakeColumn[] {
  const partitions = partitionKeys.map((key): LakeColumn => ({ ...key, of: "row" }));
  return [...rowColumns(table), ...(viewKindOf(table) === "facts" ? partitions : [])];
}

function rowColumns({ columns }: LakeTable): LakeColumn[] {
  return columns.filter(({ name, of }) => of === "row" && name !== deletedFlag);
}

/**
 * The SELECT of a topic's view.
 *
 * @param template text of its file: comments, then a statement with names in `${…}`; one that begins a line is a list
 * @param database where its table is
 */
export function viewSql(table: LakeTable, template: string, database: string): string {
  const { key, session } = table;
  const names: Readonly<Record<string, readonly string[]>> = {
    columns: rowColumns(table).map(({ name }) => name),
    key: key.length > 0 ? key : positionColumns.map(({ name }) => name),
    key_but_start: key.filter((name) => name !== session?.start),
    start: [session?.start ?? ""],
    end: [session?.end ?? ""],
    // What has no key is a version of nothing.
    keyed: [key[0] === undefined ? "TRUE" : `${key[0]} IS NOT NULL`],
    // Rows that came before their statement selected the flag have none.
    gone: [table.deletions === "flag" ? `COALESCE(${deletedFlag}, 'false') <> 'false'` : "FALSE"],
    history: [`${database}.${table.history}`],
  };
  const named = (name: string) => names[name] ?? unknown(name);
  return template
    .replace(/^(--.*\n|\s*\n)*/, "")
    .trimEnd()
    .replace(/^( *)\$\{(\w+)\}/gm, (_, indent: string, name: string) => indent + named(name).join(`,\n${indent}`))
    .replace(/\$\{(\w+)\}/g, (_, name: string) => named(name).join(", "));
}

/** A view that both Athena and Trino read: the same columns twice, in Glue with Hive's types, in its text with Trino's. */
export function glueView(table: LakeTable, sql: string, database: string): GlueTable {
  const columns = shownBy(table);
  const payload = {
    originalSql: sql,
    catalog: "awsdatacatalog",
    schema: database,
    columns: columns.map(({ name, type }) => ({ name, type: trinoType(type) })),
  };
  const base64 = Buffer.from(JSON.stringify(payload)).toString("base64");
  return {
    name: table.dataset,
    tableType: "VIRTUAL_VIEW",
    owner,
    parameters: { presto_view: "true", comment: "Presto View" },
    partitionKeys: [],
    // Athena asks for the name of a SerDe, though a view has none (terraform-provider-aws#28517).
    storageDescriptor: {
      columns: columns.map(({ name, type }) => ({ name, type })),
      serDeInfo: { name: "-", serializationLibrary: "-" },
    },
    viewOriginalText: `/* Presto View: ${base64} */`,
    viewExpandedText: "/* Presto View */",
  };
}

/** What Athena and Trino call a type that Glue has under Hive's name. */
export function trinoType(hive: string): string {
  return trinoNames[hive] ?? (/^decimal\(\d+,\d+\)$/.test(hive) ? hive : unknown(hive));
}

const trinoNames: Readonly<Record<string, string>> = {
  boolean: "boolean",
  int: "integer",
  bigint: "bigint",
  double: "double",
  string: "varchar",
  date: "date",
  timestamp: "timestamp(3)",
  binary: "varbinary",
};

function unknown(name: string): never {
  throw new Error(`nothing is known of ${name}`);
}
