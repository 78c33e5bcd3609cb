import { quotedName } from "../sources/sqlText.ts";
import { filledTemplate, type TemplateScope, type TemplateValue } from "../sources/sqlTemplate.ts";
import type { JdbcSystem } from "./system.ts";
import { jdbcType, placeColumns, type JdbcTable } from "./table.ts";

/** Whose tables these are, and where. */
export interface JdbcPlace {
  readonly system: JdbcSystem;
  readonly database: string;
  /** PostgreSQL's; of no use elsewhere. */
  readonly schema: string;
  /** Who writes the rows: made by the script where it is missing. */
  readonly user: string;
  /** MySQL and MariaDB: whether that user may connect over TLS only. */
  readonly tls: boolean;
}

/** The template of the script, in `sql/targets/`. */
export function jdbcTemplate(system: JdbcSystem): string {
  return system === "postgres" ? "postgres.sql" : "mySql.sql";
}

/** Letters are told apart, capital from small, and a space at the end counts: two keys stay two. */
const collations = { mariaDb: "utf8mb4_nopad_bin", mySql: "utf8mb4_0900_bin", postgres: "" } as const;

/**
 * What an administrator runs in the target's database before the first row comes, and again when a table or a column was
 * added: the user with its rights, the tables with the declared columns. Lists of the template: `tables`, within it
 * `columns`, those that are not in the key.
 */
export function jdbcSetup(target: string, place: JdbcPlace, tables: readonly JdbcTable[], template: string): string {
  const { system, database, user } = place;
  const values: TemplateScope["values"] = {
    target: { name: target },
    database: { name: database },
    schema: { name: place.schema },
    user: { name: user },
    encryption: { text: place.tls ? "SSL" : "NONE" },
    collation: { quoted: collations[system] },
  };
  const scopes = tables.map((table) => tableScope(place, table));
  return filledTemplate(template, { values, lists: { tables: scopes } }, system);
}

function tableScope({ system, schema }: JdbcPlace, table: JdbcTable): TemplateScope {
  const quoted = (name: string) => quotedName(system, name);
  const isKey = ({ field }: { readonly field: string }) => table.key.includes(field);
  const key = table.key.length === 0 ? placeColumns : table.columns.filter(isKey);
  const keyNames =
    table.key.length === 0
      ? placeColumns.map(({ name }) => name)
      : table.key.map((field) => table.columns.find((column) => column.field === field)?.name ?? field);
  const definitions = key.map((column) => `${quoted(column.name)} ${jdbcType(system, table, column)} NOT NULL`);
  return {
    values: {
      table: raw(system === "postgres" ? `${quoted(schema)}.${quoted(table.name)}` : quoted(table.name)),
      name: { name: table.name },
      topic: { name: table.topic },
      definitions: raw(definitions.join(", ")),
      key: raw(keyNames.map(quoted).join(", ")),
      keyNames: { text: system === "postgres" ? `{${keyNames.join(",")}}` : keyNames.join(", ") },
    },
    lists: {
      columns: table.columns
        .filter((column) => !isKey(column))
        .map((column) => ({
          values: {
            column: { name: column.name },
            columnSql: raw(quoted(column.name)),
            type: raw(jdbcType(system, table, column)),
          },
          lists: {},
        })),
    },
  };
}

function raw(text: string): TemplateValue {
  return { quoted: text };
}
