import { readFileSync } from "node:fs";
import fc from "fast-check";
import { Lab } from "../../dataplane/engines/processes.ts";
import { assemble } from "../../image/connect/assemble.ts";
import {
  boolean,
  bytes,
  date,
  decimal,
  float64,
  int16,
  int32,
  int64,
  text,
  timestamp,
  uuid,
} from "../../model/columnTypes.ts";
import type { Table } from "../../model/graph.ts";
import { partitionKeys, prefixAt } from "../../model/lake/layout.ts";
import { readQuery } from "../../model/lake/queries.ts";
import { lakeTable } from "../../model/lake/table.ts";
import type { TableDeclaration } from "../../model/pipeline.ts";
import { sourceOf } from "../unit/model/declarations.ts";
import { graph as everything } from "../unit/model/warehouse/tables.ts";
import { dayOf, Lake, place } from "../../dataplane/lake/lake.ts";
import { Topic, type PlainRow } from "../../dataplane/lake/topic.ts";

/**
 * Rows with chosen times, places and values, through the sink into Parquet files, and what tables and views make of them
 * on Trino: the stack's Glue tables, the stack's settings of the sink, and every value that comes out.
 */
const lab = new Lab("lake-cases");
let lake: Lake;
beforeAll(async () => {
  lake = await Lake.start(lab, { image: await assemble() });
});
afterAll(() => lab.stop());

/** A table of MariaDB's that nothing else uses. */
function tableOf(name: string, columns: TableDeclaration["columns"], kind: TableDeclaration["kind"] = "facts"): Table {
  const tables = { [name]: { kind, key: "id", columns: { id: int32, ...columns } } };
  const [table] = sourceOf("shop", { kind: "mariaDb", database: "shop", tables }).tables;
  if (table === undefined) {
    throw new Error("no table");
  }
  return table;
}

const here: PlainRow = { __deleted: "false", __op: "c" };
const since = "2026-11-09";

describe("values", () => {
  const table = tableOf("everything", {
    flag: boolean,
    small: int16,
    big: int64,
    cents: decimal(5, 2),
    whole: decimal(38, 0),
    part: decimal(38, 37),
    ratio: float64,
    day: date,
    moment: timestamp(3),
    raw: bytes,
    uid: uuid,
    note: text(16_777_216),
  });
  const columns = "id, flag, small, big, cents, whole, part, ratio, day, moment, raw, uid, note";
  const nines = "9".repeat(38);
  const strange = `Ångström 👍 "quoted" it's \\ \t \n ${"ü".repeat(1000)}`;

  beforeAll(async () => {
    await lake.make(lakeTable(table, "mariaDb"), { since });
    const topic = await Topic.of(lake, table, "mariaDb");
    const most = {
      id: 1,
      flag: true,
      small: 32767,
      big: "9223372036854775807",
      cents: "999.99",
      whole: nines,
      part: `9.${"9".repeat(37)}`,
      ratio: 1.7976931348623157e308,
      day: "9999-12-31",
      moment: "9999-12-31T23:59:59.999Z",
      raw: "00ff10",
      uid: "ffffffff-ffff-ffff-ffff-ffffffffffff",
      note: strange,
    };
    const least = {
      ...most,
      id: 2,
      flag: false,
      small: -32768,
      big: "-9223372036854775808",
      cents: "-0.01",
      whole: `-${nines}`,
      part: `-0.${"0".repeat(36)}1`,
      ratio: -0.1,
      day: "1582-10-15",
      moment: "1969-12-31T23:59:59.999Z",
      raw: "",
      note: "",
    };
    const odd = { id: 4, ratio: NaN };
    const rows: PlainRow[] = [most, least, { id: 3 }, odd, { id: 5, ratio: Infinity }];
    await topic.put(...rows.map((row, offset) => ({ offset, at: "2026-11-16T08:00:00Z", row: { ...here, ...row } })));
  });

  const ofRow = (id: number, of = columns) =>
    lake.rows(`SELECT ${of} FROM everything_history WHERE dt = '2026-11-16' AND id = ${id}`);

  test("of every type arrive as they were, at their greatest", async () => {
    expect(await ofRow(1)).toEqual([
      {
        id: 1,
        flag: true,
        small: 32767,
        big: "9223372036854775807",
        cents: "999.99",
        whole: nines,
        part: `9.${"9".repeat(37)}`,
        ratio: "1.7976931348623157E308",
        day: "9999-12-31",
        moment: "9999-12-31 23:59:59.999",
        raw: "AP8Q",
        uid: "ffffffff-ffff-ffff-ffff-ffffffffffff",
        note: strange,
      },
    ]);
  });

  test("and below zero and 1970, and empty", async () => {
    expect(await ofRow(2)).toEqual([
      {
        id: 2,
        flag: false,
        small: -32768,
        big: "-9223372036854775808",
        cents: "-0.01",
        whole: `-${nines}`,
        part: `-0.${"0".repeat(36)}1`,
        ratio: -0.1,
        day: "1582-10-15",
        moment: "1969-12-31 23:59:59.999",
        raw: "",
        uid: "ffffffff-ffff-ffff-ffff-ffffffffffff",
        note: "",
      },
    ]);
  });

  test("and where there is none, NULL", async () => {
    const none = Object.fromEntries(columns.split(", ").map((name) => [name, name === "id" ? 3 : null]));
    expect(await ofRow(3)).toEqual([none]);
  });

  test("and what is no number", async () => {
    expect([...(await ofRow(4, "ratio")), ...(await ofRow(5, "ratio"))]).toEqual([
      { ratio: "NaN" },
      { ratio: "Infinity" },
    ]);
  });

  test("with their place in the topic and when they came there", async () => {
    expect(await ofRow(3, "__topic_partition, __topic_offset, __record_ts, dt, hour")).toEqual([
      {
        __topic_partition: 0,
        __topic_offset: 2,
        __record_ts: "2026-11-16 08:00:00.000",
        dt: "2026-11-16",
        hour: 8,
      },
    ]);
  });

  test("and sums and comparisons are of numbers and times", async () => {
    const sql = `SELECT sum(cents) AS cents, count(*) AS rows FROM everything WHERE dt = '2026-11-16' AND moment < TIMESTAMP '9999-12-31 23:59:59.999'`;
    expect(await lake.rows(sql)).toEqual([{ cents: "-0.01", rows: 1 }]);
  });
});

describe("partitions", () => {
  const table = tableOf("visits", { page: text(20) });
  const history = lakeTable(table, "mariaDb").history;
  let topic: Topic;

  beforeAll(async () => {
    await lake.make(lakeTable(table, "mariaDb"), { since });
    topic = await Topic.of(lake, table, "mariaDb");
    const times = [
      "2026-11-16T00:00:00.000Z",
      "2026-11-16T09:59:59.999Z",
      "2026-11-16T10:00:00.000Z",
      "2026-11-16T23:59:59.999Z",
      // 2026-11-17 has no row.
      "2026-11-18T00:00:00.000Z",
      "2026-11-18T09:00:00.000Z",
    ];
    await topic.put(...times.map((at, id) => ({ offset: id, at, row: { ...here, id, page: at } })));
  });

  const idsOf = async (where: string, from = history) =>
    (await lake.rows(`SELECT id FROM ${from} WHERE ${where} ORDER BY id`)).map(({ id }) => id);

  test("an hour has what came from its first millisecond to its last", async () => {
    const day = "dt = '2026-11-16'";
    expect(await idsOf(`${day} AND hour = 9`)).toEqual([1]);
    expect(await idsOf(`${day} AND hour = 10`)).toEqual([2]);
    expect(await idsOf(`${day} AND hour BETWEEN 0 AND 9`)).toEqual([0, 1]);
    expect(await idsOf(`${day} AND hour = 23`)).toEqual([3]);
    expect(await idsOf(`dt = '2026-11-18' AND hour = 0`)).toEqual([4]);
  });

  test("a day without a file has no rows, and its neighbours have theirs", async () => {
    expect(await idsOf("dt = '2026-11-17'")).toEqual([]);
    expect(await idsOf("dt BETWEEN '2026-11-16' AND '2026-11-18'")).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await idsOf("dt > '2026-11-16' AND dt <= '2026-11-18'", "visits")).toEqual([4, 5]);
  });

  test("days before the first that is configured, and days to come, are not looked for", async () => {
    const tomorrow = Date.now() + 2 * 86_400_000;
    await topic.put(
      { offset: 100, at: "2026-11-08T23:59:59.999Z", row: { ...here, id: 100 } },
      { offset: 101, at: tomorrow, row: { ...here, id: 101 } },
    );
    expect(await idsOf(`dt IN ('2026-11-08', '${dayOf(tomorrow)}')`)).toEqual([]);
  });

  test("a question reads the files of its partitions, and no other", async () => {
    // Whoever reads this file fails.
    const broken = `${prefixAt(place.folder, table.topic, new Date("2026-11-18T09:30:00Z"))}broken.snappy.parquet`;
    await lake.aws.call("s3", "put_object", { Bucket: place.bucket, Key: broken, Body: "no Parquet" });

    expect(await idsOf("dt = '2026-11-18' AND hour = 0")).toEqual([4]);
    expect(await idsOf("dt = '2026-11-16'", "visits")).toEqual([0, 1, 2, 3]);
    await expect(idsOf("dt = '2026-11-18'")).rejects.toThrow("is not a valid Parquet File");
    await expect(idsOf("page = '2026-11-16T00:00:00.000Z'")).rejects.toThrow("is not a valid Parquet File");
    await lake.aws.call("s3", "delete_object", { Bucket: place.bucket, Key: broken });
  });

  test("the plan says so: of both columns just the values that were asked for", async () => {
    expect(await constraints(`SELECT page FROM ${history} WHERE dt = '2026-11-16' AND hour = 9`)).toEqual({
      dt: "2026-11-16",
      hour: "9",
    });
    expect(await constraints(`SELECT page FROM visits WHERE dt BETWEEN '2026-11-16' AND '2026-11-17'`)).toEqual({
      dt: "2026-11-16..2026-11-17",
      hour: "0..23",
    });
    const { dt = "" } = await constraints(`SELECT page FROM ${history} WHERE page = 'x'`);
    expect(dt).toMatch(new RegExp(`^${since}`));
  });

  /** What a plan lets through of each partition column, `low..high` where they differ. */
  async function constraints(sql: string): Promise<Record<string, string>> {
    const { rows } = await lake.query(`EXPLAIN (TYPE IO, FORMAT JSON) ${sql}`);
    const plan = JSON.parse(String(rows[0]?.[0])) as Plan;
    const [table] = plan.inputTableColumnInfos;
    return Object.fromEntries(
      (table?.constraint.columnConstraints ?? [])
        .filter(({ columnName }) => partitionKeys.some(({ name }) => name === columnName))
        .map(({ columnName, domain }) => {
          const bounds = domain.ranges.map(({ low, high }) => [low.value, high.value]);
          const [first, last] = [bounds[0]?.[0] ?? "", bounds.at(-1)?.[1] ?? ""];
          return [columnName, first === last ? first : `${first}..${last}`];
        }),
    );
  }
});

interface Plan {
  readonly inputTableColumnInfos: readonly {
    readonly constraint: {
      readonly columnConstraints: readonly {
        readonly columnName: string;
        readonly domain: {
          readonly ranges: readonly { readonly low: { value: string }; readonly high: { value: string } }[];
        };
      }[];
    };
  }[];
}

describe("a column that was added on Tuesday", () => {
  const before = tableOf("parcels", { weight: int32 });
  const after = tableOf("parcels", { weight: int32, carrier: text(20), price: decimal(5, 2) });
  const [monday, tuesday] = ["2026-11-16", "2026-11-17"];

  beforeAll(async () => {
    await lake.make(lakeTable(before, "mariaDb"), { since });
    const old = await Topic.of(lake, before, "mariaDb");
    await old.put({ offset: 0, at: `${monday}T08:00:00Z`, row: { ...here, id: 1, weight: 5 } });
    await lake.make(lakeTable(after, "mariaDb"), { since });
    const current = await Topic.of(lake, after, "mariaDb");
    const row = { ...here, id: 2, weight: 6, carrier: "Post", price: "1.50" };
    await current.put({ offset: 1, at: `${tuesday}T08:00:00Z`, row });
    // A connector that goes back writes rows of the old schema after those of the new one.
    await old.put({ offset: 2, at: `${tuesday}T08:30:00Z`, row: { ...here, id: 3, weight: 7 } });
  });

  test.each(["parcels", "parcels_history"])(
    "is asked for from Monday on: %s has NULL where it was not",
    async (from) => {
      const sql = `SELECT id, weight, carrier, price FROM ${from} WHERE dt BETWEEN '${monday}' AND '${tuesday}' ORDER BY id`;
      expect(await lake.rows(sql)).toEqual([
        { id: 1, weight: 5, carrier: null, price: null },
        { id: 2, weight: 6, carrier: "Post", price: "1.50" },
        { id: 3, weight: 7, carrier: null, price: null },
      ]);
    },
  );
});

describe("results of ksqlDB", () => {
  const result = everything.transformations.find(({ name }) => name === "ORDERS_ENRICHED");
  const day = "2026-11-16";

  test("count what has no flag of deletions for there, and what has no key for nothing", async () => {
    if (result === undefined) {
      throw new Error("no ORDERS_ENRICHED");
    }
    await lake.make(lakeTable(result), { since });
    const topic = await Topic.of(lake, result);
    const none = Object.fromEntries(result.columns.map(({ name }) => [name, null]));
    const order = (offset: number, ORDER_ID: number | null, __DELETED: string | null) => ({
      offset,
      at: `${day}T08:00:0${offset}Z`,
      row: { ...none, ORDER_ID, __DELETED, EMAIL: "ann@example.com", ORDER_TOTAL_USD: "1.50" },
    });
    await topic.put(
      order(0, 1, null), // from before its statement selected the flag
      order(1, null, "false"),
      order(2, 2, "false"),
      order(3, 2, "true"),
      order(4, 3, "false"),
    );
    const there = await lake.rows(`SELECT order_id FROM orders_enriched WHERE dt = '${day}' ORDER BY order_id`);
    expect(there).toEqual([{ order_id: 1 }, { order_id: 3 }]);
    const { sql } = readQuery("best_customers.sql", readFileSync("sql/athena/best_customers.sql", "utf8"));
    const bound = [`'${day}'`, `'${day}'`, "10"].reduce((text, value) => text.replace("?", value), sql);
    expect(await lake.rows(bound)).toEqual([
      { full_name: null, email: "ann@example.com", orders: 2, total_usd: "3.00" },
    ]);
  });
});

describe("paths", () => {
  const topics = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,40}$/);
  const times = fc.oneof(
    fc.integer({ min: 0, max: Date.UTC(2199, 11, 31) }),
    // Around New Year, where the year of the week is often another one.
    fc
      .tuple(fc.integer({ min: 1971, max: 2199 }), fc.integer({ min: -8 * 86_400_000, max: 8 * 86_400_000 }))
      .map(([year, off]) => Date.UTC(year, 0, 1) + off),
  );

  test("of 20,000 times the sink's own library makes what the model says", async () => {
    await fc.assert(
      fc.asyncProperty(topics, fc.array(times, { minLength: 200, maxLength: 200 }), async (topic, all) => {
        const paths = await lake.sink.paths(topic, all);
        expect(paths.map((path) => `${path}/`)).toEqual(
          all.map((time) => prefixAt(place.folder, topic, new Date(time))),
        );
      }),
      { numRuns: 100 },
    );
  });

  test("rows of any time are where they are looked for, by the year and not by that of the week", async () => {
    const table = tableOf("moments", { at: timestamp(3) });
    await lake.make(lakeTable(table, "mariaDb"), { since: "2024-12-20" });
    const topic = await Topic.of(lake, table, "mariaDb");
    // 2024-12-30 is in the first week of 2025; 2027-01-01 would be in the last of 2026.
    const traps = [
      "2024-12-29T23:59:59.999Z",
      "2024-12-30T00:00:00.000Z",
      "2024-12-31T23:59:59.999Z",
      "2025-01-01T00:00:00.000Z",
    ];
    const random = fc.sample(fc.integer({ min: Date.UTC(2024, 11, 20), max: Date.now() }), { numRuns: 40, seed: 9 });
    const all = [...traps.map((at) => Date.parse(at)), ...random].toSorted((a, b) => a - b);
    await topic.put(...all.map((at, id) => ({ offset: id, at, row: { ...here, id, at: new Date(at).toISOString() } })));
    const found = await Promise.all(
      all.map(async (at, id) => {
        const where = `dt = '${dayOf(at)}' AND hour = ${new Date(at).getUTCHours()}`;
        return lake.rows(`SELECT id, at FROM moments_history WHERE ${where} AND id = ${id}`);
      }),
    );
    expect(found).toEqual(
      all.map((at, id) => [{ id, at: new Date(at).toISOString().replace("T", " ").replace("Z", "") }]),
    );
  });
});
