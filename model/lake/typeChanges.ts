import type { LakeTable } from "./table.ts";

/** Columns of tables, by table, each as `name type`. */
export type LakeColumns = Readonly<Record<string, readonly string[]>>;

export function columnsOf(tables: readonly LakeTable[]): LakeColumns {
  return Object.fromEntries(
    tables.map(({ history, columns }) => [history, columns.map(({ name, type }) => `${name} ${type}`)]),
  );
}

/** What Athena reads from files that were written before (its page "Handle schema updates", 2026-11). */
const widens: Readonly<Record<string, string>> = { int: "bigint" };

/**
 * Columns that would get a type that Athena cannot read the files of before as, each as a line for people. Columns come
 * and go: Athena finds them by name, and gives NULL where a file has none.
 */
export function typeChanges(before: LakeColumns, after: LakeColumns): string[] {
  return Object.entries(after).flatMap(([table, columns]) => {
    const former = new Map((before[table] ?? []).map(parts));
    return columns.map(parts).flatMap(([name, type]) => {
      const was = former.get(name);
      return was === undefined || was === type || widens[was] === type
        ? []
        : [`${table}.${name}: ${was} would become ${type}`];
    });
  });
}

/** Why nothing is done, and the way to do it. `target`: the group in the configuration. */
export function typeChangesMessage(changes: readonly string[], target: string, folder: string): string {
  return [
    "Athena could not read the files that are there any more.",
    ...changes.map((change) => `  ${change}`),
    `Leave the type as it is, or give the column another name in pipeline.ts. Or let the lake begin anew beside what is ` +
      `there: ${target}.folder: ${nextFolder(folder)} (docs/lake.md says how to go on).`,
  ].join("\n");
}

/** `topics-2`, `topics-3`… */
function nextFolder(folder: string): string {
  const [, stem = folder, count = "1"] = /^(.*?)(?:-(\d+))?$/.exec(folder) ?? [];
  return `${stem}-${Number(count) + 1}`;
}

function parts(column: string): readonly [name: string, type: string] {
  const [name = "", type = ""] = column.split(" ");
  return [name, type];
}
