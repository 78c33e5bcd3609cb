import type { SourceKind } from "../columnTypes.ts";
import { replicationName, signalColumns, signalTable } from "../connect/debeziumNames.ts";
import type { Source } from "../graph.ts";
import { quotedName, quotedPath } from "./sqlText.ts";
import { filledTemplate, type TemplateScope, type TemplateValue } from "./sqlTemplate.ts";

/** What a source's script depends on beyond the declared tables. */
export interface DatabaseSetup {
  /** Name of the stack: several stacks may read from one server, each with a slot, a role, capture instances of its own. */
  readonly stack: string;
  /** Name of the database in this environment. */
  readonly database: string;
  /** The user that the connector logs in as: made by the script where it is missing. */
  readonly user: string;
  /** MySQL and MariaDB: from where that user may connect, as the `host` of an account. Default: `%`, anywhere. */
  readonly userHost?: string;
  /** MySQL and MariaDB: whether the user may connect over TLS only. Default: `true`. */
  readonly tls?: boolean;
  /** For how long the connector may be down without losing a change. Hours, 1 or more. Default: 72. */
  readonly outageHours?: number;
}

/** `enable`: what the database needs. `undo`: takes away what that made. */
export type SetupPart = "enable" | "undo";

/** The template of a script, in `sql/sources/`. */
export function templateOf(kind: SourceKind, part: SetupPart): string {
  return part === "enable" ? `${kind}.sql` : `${kind}.undo.sql`;
}

/**
 * The script that a database administrator runs for a source: a template of `sql/sources/` filled in. Its lists are
 * `tables`, the declared tables, and `captured`, these and the signal table; within it `columns`, the declared columns of
 * the table.
 */
export function databaseSetup(source: Source, setup: DatabaseSetup, template: string): string {
  return filledTemplate(template, scopeOf(source, setup), source.kind);
}

function scopeOf(source: Source, setup: DatabaseSetup): TemplateScope {
  const { kind } = source;
  const { userHost = "%" } = setup;
  const ours = replicationName(setup.stack, source.name);
  const signals = signalTable(kind);
  // As GRANT reads the name of a whole database in MySQL: `_` and `%` stand for other letters unless escaped.
  const pattern = setup.database.replace(/[\\_%]/g, "\\$&");
  const mark = `Signals to Debezium of ${ours}`;
  const tables = source.tables.map(({ path, columns }) => {
    const names = columns.map((column) => column.source);
    return tableScope(kind, ours, path, names);
  });
  const noted = (what: string): TemplateValue => ({ text: `${ours} ${what}` });
  return {
    values: {
      source: { name: source.name },
      database: { name: setup.database },
      databasePattern: { quoted: quotedName(kind, pattern) },
      databasePatternName: { text: pattern },
      user: { name: setup.user },
      userHost: { name: userHost },
      // As the information schema of MySQL and MariaDB names an account: in quotes, but nothing doubled in them.
      grantee: { text: `'${setup.user}'@'${userHost}'` },
      role: { name: ours },
      slot: { name: ours },
      publication: { name: ours },
      signalTable: { quoted: quotedPath(kind, signals) },
      signalSchema: { name: schemaOf(signals) },
      signalName: { name: nameOf(signals) },
      encryption: { text: setup.tls === false ? "NONE" : "SSL" },
      outageMinutes: (setup.outageHours ?? 72) * 60,
      mark: { text: mark },
      markWithUser: { text: `${mark}, and its user` },
      cdcMark: noted("cdc"),
      snapshotMark: noted("snapshot isolation"),
      signalMark: noted("signal table"),
      roleMark: noted("role"),
      userMark: noted("user"),
      loginMark: noted("login"),
    },
    lists: { tables, captured: [...tables, tableScope(kind, ours, signals, signalColumns)] },
  };
}

function tableScope(kind: SourceKind, ours: string, path: string, columns: readonly string[]): TemplateScope {
  return {
    values: {
      table: { quoted: quotedPath(kind, path) },
      schema: { name: schemaOf(path) },
      name: { name: nameOf(path) },
      // SQL Server takes 100 characters. Its own default would not tell ours from another reader's.
      captureInstance: { text: `${ours}_${path.replaceAll(".", "_")}`.slice(0, 100) },
      columnList: { text: columns.map((column) => quotedName(kind, column)).join(", ") },
    },
    lists: { columns: columns.map((column) => ({ values: { column: { name: column } }, lists: {} })) },
  };
}

function schemaOf(path: string): string {
  return path.split(".").slice(0, -1).join(".");
}

function nameOf(path: string): string {
  return path.split(".").at(-1) ?? path;
}
