import { positionColumns } from "../lake/columns.ts";
import { quotedName } from "../sources/sqlText.ts";
import { filledTemplate, type TemplateScope, type TemplateValue } from "../sources/sqlTemplate.ts";
import type { RedshiftTable } from "./table.ts";

/** The template of the administrator's script. */
export const redshiftTemplate = "redshift.sql";

export interface RedshiftPlace {
  readonly database: string;
  readonly schema: string;
  /** Who fills the tables. */
  readonly user: string;
}

/** Redshift quotes names and writes literals as PostgreSQL does, which it comes from. */
const dialect = "postgres";

/**
 * What an administrator runs in the target's database: the tables with the declared columns, views of their current state,
 * and the rights of the user that fills them. No resource of the provider's makes these.
 */
export function redshiftSetup(
  target: string,
  { database, schema, user }: RedshiftPlace,
  tables: readonly RedshiftTable[],
  template: string,
): string {
  const values: TemplateScope["values"] = {
    target: { name: target },
    database: { name: database },
    schema: { name: schema },
    user: { name: user },
    addColumn: raw(`${quoted(schema)}.${quoted("add_column")}`),
  };
  const lists = {
    tables: tables.map((table) => tableScope(schema, table)),
    states: tables.filter(hasState).map((table) => stateScope(schema, table)),
  };
  return filledTemplate(template, { values, lists }, dialect);
}

/** Where only a tombstone tells of a deletion, or a longer session of a shorter one, the rows alone do not say what is there. */
function hasState({ key, deletions }: RedshiftTable): boolean {
  return key.length > 0 && (deletions === "flag" || deletions === "none");
}

function tableScope(schema: string, { name, columns }: RedshiftTable): TemplateScope {
  return {
    values: {
      table: raw(`${quoted(schema)}.${quoted(name)}`),
      name: { name },
      definitions: raw(columns.map((column) => `${quoted(column.name)} ${column.type}`).join(", ")),
    },
    lists: {
      columns: columns.map((column) => ({
        values: { column: { name: column.name }, type: raw(column.type) },
        lists: {},
      })),
    },
  };
}

const version = "__version";

function stateScope(schema: string, { name, columns, key, deleted }: RedshiftTable): TemplateScope {
  const own = columns.map((column) => column.name).filter((column) => !column.startsWith("__"));
  const inner = deleted === undefined ? own : [...own, deleted];
  const newest = positionColumns.map((column) => `${quoted(column.name)} DESC`);
  // What has no key is a version of nothing; rows from before their statement selected the flag have none.
  const conditions = [
    `${quoted(version)} = 1`,
    ...key.slice(0, 1).map((column) => `${quoted(column)} IS NOT NULL`),
    ...(deleted === undefined ? [] : [`COALESCE(${quoted(deleted)}, 'false') = 'false'`]),
  ];
  return {
    values: {
      table: raw(`${quoted(schema)}.${quoted(name)}`),
      view: raw(`${quoted(schema)}.${quoted(`${name}_current`)}`),
      shown: raw(own.map(quoted).join(", ")),
      inner: raw(inner.map(quoted).join(", ")),
      key: raw(key.map(quoted).join(", ")),
      newest: raw(newest.join(", ")),
      version: { name: version },
      condition: raw(conditions.join(" AND ")),
    },
    lists: {},
  };
}

function quoted(name: string): string {
  return quotedName(dialect, name);
}

function raw(text: string): TemplateValue {
  return { quoted: text };
}
