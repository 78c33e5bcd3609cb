import type { LandingTable } from "./landing.ts";

/** Columns of landing tables, by table, each as `NAME TYPE`, in order. */
export type LandingColumns = Readonly<Record<string, readonly string[]>>;

export function columnsOf(tables: readonly LandingTable[]): LandingColumns {
  return Object.fromEntries(
    tables.map(({ name, columns }) => [name, columns.map((column) => `${column.name} ${column.type}`)]),
  );
}

/**
 * What a change would do to tables that are there, other than adding columns at the end; each as a line for people. A table
 * that is on one side only is none of it.
 */
export function columnChanges(before: LandingColumns, after: LandingColumns): string[] {
  return Object.entries(before).flatMap(([table, columns]) => {
    const wanted = after[table];
    return wanted === undefined ? [] : changesIn(columns, wanted).map((change) => `${table}.${change}`);
  });
}

/** Why nothing is done, and the way to do it. `target`: the group in the configuration. */
export function columnChangesMessage(changes: readonly string[], target: string): string {
  const [table = ""] = changes[0]?.split(".") ?? [];
  const [, name = table, generation = "1"] = /^(.+?)(?:_(\d+))?$/.exec(table) ?? [];
  return [
    "Columns of landing tables are only added, and at the end: what rows have would be lost else.",
    ...changes.map((change) => `  ${change}`),
    "Write columns that are new at the end of their table's in pipeline.ts, and leave those that are there as they are. For " +
      `another type or without a column, make a new table beside the old one: ${target}.generations: { ${name}: [${generation}, ${Number(generation) + 1}] } ` +
      "(docs/warehouse.md says how to go on).",
  ].join("\n");
}

function changesIn(before: readonly string[], after: readonly string[]): string[] {
  const types = new Map(after.map(parts));
  const lost = before.map(parts).flatMap(([name, type]) => {
    const wanted = types.get(name);
    return wanted === type
      ? []
      : [wanted === undefined ? `${name}: it would be dropped` : `${name}: ${type} would become ${wanted}`];
  });
  const [moved] = after.flatMap((column, index) =>
    index < before.length && before[index] !== column ? [parts(column)[0]] : [],
  );
  return lost.length > 0 || moved === undefined
    ? lost
    : [`${moved}: it would stand before columns that are there already`];
}

function parts(column: string): readonly [name: string, type: string] {
  const [name = "", ...type] = column.split(" ");
  return [name, type.join(" ")];
}
