import { deletedFlag, recordMetadata, type LandingTable } from "./landing.ts";

/**
 * The SELECT of a table's current state: of each key the last version, without what is gone. It also removes what was
 * delivered twice.
 *
 * Within a partition the offset tells the order. Partitions only grow, and only to a multiple, which the stack sees to:
 * a key then stays where it is or moves to a partition of a greater number, so that the greatest pair of partition and
 * offset is the last version, and no clock is asked.
 *
 * @param schema where the landing table is, e.g. `PIPELINE_DEV.LANDING`
 */
export function currentState(table: LandingTable, schema: string): string {
  const own = shownColumns(table);
  const inner = table.deletions === "flag" ? [...own, deletedFlag] : own;
  return [
    "WITH LATEST AS (",
    ...select(inner, `${schema}.${table.name}`).map(indented),
    ...before(table).map(indented),
    ...qualify("ROW_NUMBER()", versionOf(table), newestFirst(table), "= 1").map(indented),
    ")",
    "",
    ...select(own, "LATEST"),
    ...after(table),
  ].join("\n");
}

/** What a view over the table shows that keeps the current state. `schema`: where that is, e.g. `PIPELINE_DEV.CURRENT_STATE`. */
export function everyRowOf(table: LandingTable, schema: string): string {
  return select(shownColumns(table), `${schema}.${table.dataset}`).join("\n");
}

function shownColumns({ columns }: LandingTable): string[] {
  return columns.filter(({ name, of }) => of === "row" && name !== deletedFlag).map(({ name }) => name);
}

const partition = `${recordMetadata}:partition::NUMBER`;
const offset = `${recordMetadata}:offset::NUMBER`;

/**
 * What has no key is a version of nothing: a tombstone that follows a row with a flag says nothing more, one of a window
 * cannot tell which, and a result may have rows without one.
 */
function before({ deletions, key: [first] }: LandingTable): string[] {
  return first === undefined || deletions === "tombstone" ? [] : [`WHERE ${first} IS NOT NULL`];
}

/** What all versions of a row have in common: its key, or, where there is none, where it stands. */
function versionOf({ key, keyFields, deletions, columns }: LandingTable): string[] {
  if (key.length === 0) {
    return [partition, offset];
  }
  return key.map((name, index) => {
    const type = columns.find((column) => column.name === name)?.type ?? "VARCHAR";
    const path = key.length === 1 ? "key" : `key:${keyFields[index] ?? name}`;
    return deletions === "tombstone" ? `COALESCE(${name}, ${recordMetadata}:${path}::${spaced(type)})` : name;
  });
}

/** As sqlfluff would have it. */
function spaced(type: string): string {
  return type.replaceAll(",", ", ");
}

function newestFirst({ key }: LandingTable): string[] {
  return key.length === 0 ? [offset] : [`${partition} DESC`, `${offset} DESC`];
}

/** Only after the last version of each row is known: an earlier one is not there again because the last is gone. */
function after({ deletions, key, session }: LandingTable): string[] {
  const [first] = key;
  if (deletions === "flag") {
    // Rows that came before their statement selected the flag have none.
    return [`WHERE COALESCE(${deletedFlag}, 'false') = 'false'`];
  }
  if (deletions === "tombstone" && first !== undefined) {
    return [`WHERE ${first} IS NOT NULL`];
  }
  return session === undefined ? [] : outermost(session, key);
}

/** Sessions of a key that grow together leave what they were behind: it lies within one that began earlier. */
function outermost({ start, end }: NonNullable<LandingTable["session"]>, key: readonly string[]): string[] {
  const whose = key.filter((name) => name !== start);
  const earlier = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING";
  return [
    "QUALIFY COALESCE(",
    `    MAX(${end}) OVER (`,
    `        PARTITION BY ${whose.join(", ")}`,
    `        ORDER BY ${start}`,
    `        ${earlier}`,
    `    ) < ${end},`,
    "    TRUE",
    ")",
  ];
}

function select(columns: readonly string[], from: string): string[] {
  return ["SELECT", ...listed(columns), `FROM ${from}`];
}

function qualify(value: string, by: readonly string[], order: readonly string[], condition: string): string[] {
  return [
    `QUALIFY ${value} OVER (`,
    `    PARTITION BY ${by.join(", ")}`,
    `    ORDER BY ${order.join(", ")}`,
    `) ${condition}`,
  ];
}

function listed(columns: readonly string[]): string[] {
  return columns.map((name, index) => indented(name + (index < columns.length - 1 ? "," : "")));
}

function indented(line: string): string {
  return `    ${line}`;
}
