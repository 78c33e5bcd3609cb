import type { SourceKind } from "../columnTypes.ts";
import { replicationName, signalColumns, signalTable } from "../connect/debeziumNames.ts";
import type { Source } from "../graph.ts";
import { quotedName, quotedPath, textLiteral } from "./sqlText.ts";

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
 * The script that a database administrator runs for a source: a template of `sql/sources/` filled in.
 *
 * A template is SQL with two things in it:
 * - `:{name}` is a name, in the database's own quotes; `:{'name'}` the same as a text literal. A qualified name is
 *   quoted part by part, and its literal holds it quoted. Numbers stand as they are.
 * - Lines from `-- :{for list}` to `-- :{end}` are repeated for each item of the list: `tables`, the declared tables;
 *   `captured`, these and the signal table; within it `columns`, the declared columns of the table.
 *
 * Throws for a name with a control character (it could end a comment), and for SQL Server one with `$(`, which sqlcmd
 * would replace.
 */
export function databaseSetup(source: Source, setup: DatabaseSetup, template: string): string {
  return filled(template.split("\n"), scopeOf(source, setup), source.kind).join("\n");
}

/** A name; a name in quotes already; a text that is only ever a literal; a number. */
type Value = { readonly name: string } | { readonly quoted: string } | { readonly text: string } | number;

interface Scope {
  readonly values: Readonly<Record<string, Value>>;
  readonly lists: Readonly<Record<string, readonly Scope[]>>;
}

function scopeOf(source: Source, setup: DatabaseSetup): Scope {
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
  const noted = (what: string): Value => ({ text: `${ours} ${what}` });
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

function tableScope(kind: SourceKind, ours: string, path: string, columns: readonly string[]): Scope {
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

function filled(lines: readonly string[], scope: Scope, kind: SourceKind): string[] {
  const begin = lines.findIndex((line) => /^-- :\{for \w+\}$/.test(line));
  if (begin === -1) {
    return lines.map((line) => filledLine(line, scope, kind));
  }
  const end = endOf(lines, begin);
  const list = lookedUp(scope.lists, /for (\w+)/.exec(lines[begin] ?? "")?.[1] ?? "");
  const inner = list.map(({ values, lists }) => ({
    values: { ...scope.values, ...values },
    lists: { ...scope.lists, ...lists },
  }));
  return [
    ...lines.slice(0, begin).map((line) => filledLine(line, scope, kind)),
    ...inner.flatMap((item) => filled(lines.slice(begin + 1, end), item, kind)),
    ...filled(lines.slice(end + 1), scope, kind),
  ];
}

/** The line that ends the list which begins at a line; lists stand in each other. */
function endOf(lines: readonly string[], begin: number): number {
  let depth = 0;
  for (let index = begin; index < lines.length; index += 1) {
    depth += lines[index]?.startsWith("-- :{for ") === true ? 1 : lines[index] === "-- :{end}" ? -1 : 0;
    if (depth === 0) {
      return index;
    }
  }
  throw new Error(`the template has no end for ${lines[begin] ?? ""}`);
}

function filledLine(line: string, { values }: Scope, kind: SourceKind): string {
  return line.replace(/:\{(')?(\w+)'?\}/g, (_, isLiteral: string | undefined, key: string) => {
    const value = lookedUp(values, key);
    if (typeof value === "number") {
      return String(value);
    }
    const [given = ""] = Object.values(value);
    refuseStrange(kind, given);
    if (isLiteral !== undefined) {
      return textLiteral(kind, given);
    }
    if ("text" in value) {
      throw new Error(`the template has text ${key} where a name belongs`);
    }
    return "quoted" in value ? value.quoted : quotedName(kind, value.name);
  });
}

function refuseStrange(kind: SourceKind, name: string): void {
  if (/[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(name) || (kind === "sqlServer" && name.includes("$("))) {
    throw new Error(`${JSON.stringify(name)} cannot stand in a script: it has a control character or $(`);
  }
}

function lookedUp<T>(table: Readonly<Record<string, T>>, key: string): T {
  const value = table[key];
  if (value === undefined) {
    throw new Error(`the template asks for ${key}, which there is not`);
  }
  return value;
}
