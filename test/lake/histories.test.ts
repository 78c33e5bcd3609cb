import * as fc from "fast-check";
import { Lab } from "../../dataplane/engines/processes.ts";
import type { Plain } from "../../dataplane/lake/avro.ts";
import { Lake } from "../../dataplane/lake/lake.ts";
import { Topic, type PlainRow } from "../../dataplane/lake/topic.ts";
import { assemble } from "../../image/connect/assemble.ts";
import type { ColumnType } from "../../model/columnTypes.ts";
import type { Column } from "../../model/graph.ts";
import { lakeTable, type LakeTable } from "../../model/lake/table.ts";
import { sourceKindOf } from "../../model/warehouse/landing.ts";
import { histories, told, type Told } from "../dataplane/warehouse/histories.ts";
import type { LandedRecord, Values } from "../dataplane/warehouse/landed.ts";
import { sessionHistories, toldSessions } from "../dataplane/warehouse/sessions.ts";
import { graph, landingOf } from "../unit/model/warehouse/tables.ts";

/**
 * What people read is what the source has, whatever happened on the way: hundreds of random histories of a dataset in one
 * table, each with keys of its own, through the sink's files and the stack's views. Some records are in two files, as a
 * task leaves them that starts again.
 */
const lab = new Lab("lake-histories");
let lake: Lake;
beforeAll(async () => {
  lake = await Lake.start(lab, { image: await assemble(), rotation: { rows: 1_000_000, minutes: 60 } });
});
afterAll(() => lab.stop());

/** An hour that is over: all rows are in one folder. */
const at = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
const count = 300;

interface Loaded {
  readonly table: LakeTable;
  readonly columns: readonly Column[];
  /** The rows that the view should have. */
  readonly rows: readonly string[];
}

/** Writes what all histories tell, and some of it again. */
async function load(name: string, all: readonly Told[]): Promise<Loaded> {
  const dataset = [...graph.tables, ...graph.transformations].find((candidate) => candidate.name === name);
  if (dataset === undefined) {
    throw new Error(`no ${name}`);
  }
  const source = sourceKindOf(graph.sources, dataset);
  const table = lakeTable(dataset, source);
  await lake.make(table);
  const topic = await Topic.of(lake, dataset, source);
  const plain = (values: Values) => plainRow(dataset.columns, values);
  const put = (records: readonly LandedRecord[]) =>
    topic.put(
      ...records.map(({ partition, offset, op, values }) => ({
        partition,
        offset,
        at,
        ...(op === null ? {} : { row: { ...plain(values), __op: op, __deleted: String(op === "d") } }),
      })),
    );
  const records = all.flatMap((one) => one.records);
  await put(records);
  await put(records.filter(({ offset }) => offset > 0 && offset % 3 === 1));
  const rows = all.flatMap((one) => one.rows.map((values) => shown(dataset.columns, plain(values))));
  return { table, columns: dataset.columns, rows: rows.sort() };
}

async function inView({ table, columns }: Loaded): Promise<string[]> {
  const found = await lake.rows(`SELECT ${columns.map(({ name }) => name).join(", ")} FROM ${table.dataset}`);
  return found
    .map((row) => JSON.stringify(Object.values(row).map((cell) => (cell === null ? null : String(cell as Plain)))))
    .sort();
}

/** By the names in the topic. */
function plainRow(columns: readonly Column[], values: Values): PlainRow {
  return Object.fromEntries(
    columns.map(({ name, type }) => {
      const landed = values[name.toUpperCase()]?.landed ?? null;
      return [name, landed === null ? null : fitted(type, landed)];
    }),
  );
}

/** Snowflake's numbers, of which these are, have more digits than those of the topic. */
function fitted(type: ColumnType, landed: string): string {
  const [whole = "", fraction = ""] = landed.split(".");
  switch (type.logical) {
    case "decimal":
      return `${whole}.${fraction.padEnd(type.scale, "0")}`;
    case "int32":
      return String(BigInt.asIntN(32, BigInt(landed)));
    case "int64":
      return String(BigInt.asIntN(64, BigInt(landed)));
    default:
      return landed;
  }
}

/** As Trino writes it. */
function shown(columns: readonly Column[], row: PlainRow): string {
  const cells = columns.map(({ name, type }) => {
    const value = row[name] ?? null;
    const text = value === null ? null : String(value);
    switch (type.logical) {
      case "date":
        return text?.slice(0, 10) ?? null;
      case "timestamp":
        return text === null ? null : new Date(text).toISOString().replace("T", " ").replace("Z", "");
      default:
        return text;
    }
  });
  return JSON.stringify(cells);
}

const samples = <T>(arbitrary: fc.Arbitrary<T>) => fc.sample(arbitrary, { numRuns: count, seed: 7 });

/** Random histories, each of keys that no other has. */
function toldOf(name: string): Told[] {
  const landing = landingOf(name);
  return samples(histories(landing)).map((history, which) => {
    const keys = history.keys.map((key, index) => {
      const text = String(which * 10 + index);
      return { ...key, values: [{ landed: text, shown: text }] };
    });
    return told(landing, { ...history, keys });
  });
}

describe.each(["CUSTOMERS", "ORDERS"])("%s", (name) => {
  let loaded: Loaded;
  beforeAll(async () => {
    loaded = await load(name, toldOf(name));
  });

  test(`${count} histories end as the source has them`, async () => {
    expect(loaded.rows.length).toBeGreaterThan(count / 2);
    expect(await inView(loaded)).toEqual(loaded.rows);
  });

  test.each([
    ["goes by the offset alone", "__topic_partition DESC, ", ""],
    ["goes by the partition alone", ", __topic_offset DESC", ""],
    ["takes the first version", /DESC/g, "ASC"],
    ["keeps what is deleted", " AND NOT __gone", ""],
    ["takes every version", "__version = 1 AND", ""],
  ])("a view that %s is found", async (_, rule, broken) => {
    await lake.make(loaded.table, { changed: (sql) => sql.replace(rule, broken) });
    expect(await inView(loaded)).not.toEqual(loaded.rows);
  });
});

describe("sessions", () => {
  let loaded: Loaded;
  beforeAll(async () => {
    const landing = landingOf("CUSTOMER_SESSIONS");
    const all = samples(sessionHistories(landing)).map(({ visits, ...others }, which) => {
      const own = visits.map((visit) => ({ ...visit, customer: which * 10 + visit.customer }));
      return toldSessions(landing, { ...others, visits: own });
    });
    loaded = await load("CUSTOMER_SESSIONS", all);
  });

  test(`${count} histories end with the sessions that are left`, async () => {
    expect(loaded.rows.length).toBeGreaterThan(count / 2);
    expect(await inView(loaded)).toEqual(loaded.rows);
  });

  test("a view that keeps sessions that became part of another is found", async () => {
    await lake.make(loaded.table, { changed: (sql) => sql.replace(/\nWHERE COALESCE[^]*/, "") });
    expect(await inView(loaded)).not.toEqual(loaded.rows);
  });
});
