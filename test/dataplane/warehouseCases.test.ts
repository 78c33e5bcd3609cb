import { readFileSync } from "node:fs";
import { Lab } from "../../dataplane/engines/processes.ts";
import { SnowflakeStandIn, type Cell } from "../../dataplane/engines/snowflake.ts";
import { landingOf } from "../unit/model/warehouse/tables.ts";
import { landedRow, type LandedRecord } from "./warehouse/landed.ts";
import { everyType } from "./warehouse/tables.ts";
import { makeTableAndView } from "./warehouse/view.ts";

const lab = new Lab("warehouse-cases");
let standIn: SnowflakeStandIn;
beforeAll(async () => {
  standIn = await SnowflakeStandIn.start(lab);
  for (const table of [things, enriched, landingOf("CUSTOMERS_BY_COMPANY"), landingOf("CUSTOMER_SESSIONS")]) {
    await makeTableAndView(standIn, table);
  }
});
afterAll(() => lab.stop());

const things = everyType(["id"]);
/** A result whose statement selects the flag of deletions. */
const enriched = landingOf("ORDERS_ENRICHED");

type Texts = Readonly<Record<string, string | null>>;
interface Said {
  readonly op: LandedRecord["op"];
  readonly values?: Texts;
  readonly partition?: number;
  readonly offset: number;
  readonly key?: string;
}

/** What the view has after these records; NULL columns are left out. */
async function stateAfter(records: readonly Said[], table = things): Promise<Record<string, Cell>[]> {
  const rows = records.map(({ op, values = {}, partition = 0, offset, key = "1" }) =>
    landedRow(table, {
      op,
      partition,
      offset,
      key,
      values: Object.fromEntries(Object.entries(values).map(([name, landed]) => [name, { landed, shown: landed }])),
    }),
  );
  const state = await standIn.state(`ANALYTICS.${table.dataset}`, { [`LANDING.${table.name}`]: rows });
  return state.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
}

const one = { ID: "1" };
/** The row whose key is 1 with one more column. */
const holds = async (column: string, landed: string) => {
  const [row] = await stateAfter([{ op: "c", values: { ...one, [column]: landed }, offset: 0 }]);
  return row?.[column];
};

describe("of one key", () => {
  it("deleted and inserted again, only the new row is there", async () => {
    const state = await stateAfter([
      { op: "c", values: { ...one, NOTE: "old" }, offset: 0 },
      { op: "d", values: { ...one, NOTE: "old" }, offset: 1 },
      { op: null, offset: 2 },
      { op: "c", values: { ...one, NOTE: "new" }, offset: 3 },
    ]);
    expect(state).toEqual([{ ID: "1", NOTE: "new" }]);
  });

  it("inserted, deleted and read again by a snapshot that began before, nothing comes back", async () => {
    const state = await stateAfter([
      { op: "r", values: one, offset: 0 },
      { op: "d", values: one, offset: 1 },
      { op: null, offset: 2 },
    ]);
    expect(state).toEqual([]);
  });

  it("of two updates in one millisecond the second counts, though it came first", async () => {
    const state = await stateAfter([
      { op: "u", values: { ...one, NOTE: "second" }, offset: 10 },
      { op: "u", values: { ...one, NOTE: "first" }, offset: 9 },
    ]);
    expect(state).toEqual([{ ID: "1", NOTE: "second" }]);
  });

  it("a row that comes twice is there once", async () => {
    const record: Said = { op: "c", values: { ...one, NOTE: "a" }, offset: 4 };
    expect(await stateAfter([record, record, record])).toEqual([{ ID: "1", NOTE: "a" }]);
  });

  it("a delete that comes twice, before and after the row, deletes", async () => {
    const gone: Said = { op: "d", values: one, offset: 5 };
    expect(await stateAfter([gone, { op: "c", values: one, offset: 4 }, gone])).toEqual([]);
  });

  it("after the topic got twice its partitions, its place in the greater one counts", async () => {
    const state = await stateAfter([
      { op: "u", values: { ...one, NOTE: "before" }, partition: 1, offset: 900 },
      { op: "u", values: { ...one, NOTE: "after" }, partition: 7, offset: 3 },
    ]);
    expect(state).toEqual([{ ID: "1", NOTE: "after" }]);
  });

  it("whose every column but the key is NULL, it is there", async () => {
    const nulls = Object.fromEntries(things.columns.filter(({ of }) => of === "row").map(({ name }) => [name, null]));
    expect(await stateAfter([{ op: "c", values: { ...nulls, ...one }, offset: 0 }])).toEqual([{ ID: "1" }]);
  });

  it("an update to NULL is an update", async () => {
    const state = await stateAfter([
      { op: "c", values: { ...one, NOTE: "a", BIG: "5" }, offset: 0 },
      { op: "u", values: { ...one, NOTE: null, BIG: "5" }, offset: 1 },
    ]);
    expect(state).toEqual([{ ID: "1", BIG: "5" }]);
  });
});

describe("a value", () => {
  it.each([
    ["RATIO", "NaN", "NaN"],
    ["RATIO", "-Infinity", "-Infinity"],
    ["RATIO", "1.7976931348623157E308", 1.7976931348623157e308],
    ["WHOLE", "9".repeat(38), "9".repeat(38)],
    ["WHOLE", `-${"9".repeat(38)}`, `-${"9".repeat(38)}`],
    ["PART", `1.${"0".repeat(36)}1`, `1.${"0".repeat(36)}1`],
    ["BIG", "-9223372036854775808", "-9223372036854775808"],
    // Two o'clock in the night in which clocks go forward or back: a time without a zone has all of them.
    ["MOMENT", "2026-03-29T02:30:00.000Z", "2026-03-29T02:30:00.000"],
    ["MOMENT", "2026-10-25T02:30:00.000Z", "2026-10-25T02:30:00.000"],
    ["MOMENT", "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999"],
    ["DAY", "2024-02-29T00:00:00.000Z", "2024-02-29"],
    ["HOUR", "23:59:59.999Z", "23:59:59.999"],
    ["RAW", "00ff", "00ff"],
    ["RAW", "", ""],
    ["NOTE", "NULL", "NULL"],
    ["NOTE", "", ""],
    ["NOTE", "Ångström 👩‍👩‍👧 \u202e \\ ' \" \n\t", "Ångström 👩‍👩‍👧 \u202e \\ ' \" \n\t"],
  ])("of %s: %s", async (column, landed, shown) => {
    expect(await holds(column, landed)).toBe(shown);
  });

  it("of 16 MB of text arrives whole", async () => {
    const long = "ä".repeat(8_388_608);
    expect(await holds("NOTE", long)).toBe(long);
  });
});

describe("a result of ksqlDB", () => {
  const table = landingOf("CUSTOMERS_BY_COMPANY");
  const [key = ""] = table.key;

  it("goes with a tombstone whose key is a number in JSON, and comes back", async () => {
    const row: Said = { op: "c", values: { [key]: "7" }, offset: 0, key: "7" };
    const tombstone: Said = { op: null, offset: 1, key: "7" };
    expect(await stateAfter([row, tombstone], table)).toEqual([]);
    expect(await stateAfter([row, tombstone, { ...row, offset: 2 }], table)).toEqual([{ [key]: "7" }]);
  });

  it("stays when the tombstone is of another key", async () => {
    const row: Said = { op: "c", values: { [key]: "7" }, offset: 0, key: "7" };
    expect(await stateAfter([row, { op: null, offset: 1, key: "70" }], table)).toEqual([{ [key]: "7" }]);
  });

  it("of a result with a flag: rows from before it was selected are there, rows without a key are not", async () => {
    const row = (id: string | null, flag: string | null, offset: number): Said => ({
      op: "c",
      values: { ORDER_ID: id, __DELETED: flag },
      offset,
    });
    const records = [
      row("1", null, 0),
      row("2", null, 1),
      row("2", "true", 2),
      row("3", "false", 3),
      row(null, "false", 4),
    ];
    const state = await stateAfter(records, enriched);
    expect(state.map(({ ORDER_ID }) => ORDER_ID).sort()).toEqual(["1", "3"]);
  });

  it("of sessions has the longest, when one order joins two visits to one", async () => {
    const sessions = landingOf("CUSTOMER_SESSIONS");
    const visit = (start: string, end: string, offset: number): Said => ({
      op: "c",
      values: { CUSTOMER_ID: "17", WINDOW_START: start, WINDOW_END: end },
      offset,
    });
    const state = await stateAfter(
      [
        visit("0", "10", 0),
        visit("30", "40", 1),
        { op: null, offset: 2 },
        { op: null, offset: 3 },
        visit("0", "40", 4),
      ],
      sessions,
    );
    expect(state).toEqual([{ CUSTOMER_ID: "17", WINDOW_START: "0", WINDOW_END: "40" }]);
  });
});

it("another generation of a table takes over the rows of the earlier with the statement of docs/warehouse.md, once or twice", async () => {
  const earlier = landingOf("ORDERS");
  const wider = earlier.columns.map((column) =>
    column.name === "ORDER_TOTAL_USD" ? { ...column, type: "NUMBER(9,2)" } : column,
  );
  const later = { ...earlier, name: "ORDERS_2", columns: wider };
  const [copy = ""] = /INSERT INTO LANDING\.ORDERS_2[^;]+;/.exec(readFileSync("docs/warehouse.md", "utf8")) ?? [];
  await makeTableAndView(standIn, earlier);
  await makeTableAndView(standIn, later);
  const record = (op: LandedRecord["op"], id: string, total: string, offset: number) =>
    landedRow(earlier, {
      op,
      partition: 0,
      offset,
      key: id,
      values: { ORDER_ID: { landed: id, shown: id }, ORDER_TOTAL_USD: { landed: total, shown: total } },
    });
  await standIn.load("LANDING.ORDERS", [
    record("c", "1", "1.00", 0),
    record("c", "2", "2.00", 1),
    record("c", "3", "3.00", 2),
  ]);
  await standIn.load("LANDING.ORDERS_2", [record("u", "1", "1000000.00", 3), record("d", "2", "2.00", 4)]);

  for (let times = 0; times < 2; times += 1) {
    await standIn.run(copy);
    expect(await standIn.rows("SELECT ORDER_ID, ORDER_TOTAL_USD FROM ANALYTICS.ORDERS ORDER BY ORDER_ID")).toEqual([
      { ORDER_ID: "1", ORDER_TOTAL_USD: "1000000.00" },
      { ORDER_ID: "3", ORDER_TOTAL_USD: "3.00" },
    ]);
  }
});
