import type { Row } from "../../../../dataplane/engines/reader.ts";
import { withStandIns } from "../../../../dataplane/standIns.ts";
import { declaredGraph, defaultGraph } from "../../../../model/graph.ts";
import { pipeline } from "../../../../pipeline.ts";
import { Story } from "../../../../tools/dataplane/story.ts";
import { cells, fitted } from "../../../../tools/dataplane/text.ts";
import { changeLine, drawn, drawnSteps, joinedLine } from "../../../../tools/dataplane/view.ts";

const graph = defaultGraph(declaredGraph(withStandIns(pipeline)));
const tables = graph.tables.map((table) => ({ table, server: "Postgres" }));
const orders = "mssql.dbo.ORDERS";
const customers = "mysql.customers";

const row = (topic: string, op: string, value: Record<string, string | number | null>): Row => ({
  topic,
  partition: 0,
  offset: 0,
  timestamp: 0,
  key: null,
  value: { ...value, __op: op, __deleted: String(op === "d"), __source_ts_ms: 1_000 },
  keySchema: undefined,
  valueSchema: undefined,
  headers: [],
  bytes: { key: null, value: null },
});
const order = (id: number, total: string, customer = 7, item = "Tea 🌙 pot") => ({
  order_id: id,
  customer_id: customer,
  order_ts: "2026-05-01T08:00:00.000Z",
  order_total_usd: total,
  item,
});
const customer = (id: number, name: string) => ({ id, first_name: name, last_name: "𠮷田", city: "Malmö" });

function told(...rows: Row[]): Story {
  const story = new Story(graph);
  rows.forEach((each) => story.add(each, 1_500));
  return story;
}

const plain = (lines: readonly string[]) => lines.map((line) => line.replace(/\x1b\[\d+m/g, ""));

describe("the story", () => {
  it("joins an order with its customer as both stand now, the last touched first", () => {
    const story = told(
      row(orders, "r", order(1, "10.00")),
      row(orders, "r", order(2, "20.00")),
      row(customers, "r", customer(7, "Ada")),
      row(orders, "u", order(1, "11.00")),
      row(customers, "u", customer(7, "Eve")),
    );

    expect(story.latestJoined(5).map(joinedLine)).toEqual([
      "joined  order 1: 11.00 for Tea 🌙 pot, by Eve 𠮷田, Malmö",
      "joined  order 2: 20.00 for Tea 🌙 pot, by Eve 𠮷田, Malmö",
    ]);
  });

  it("has neither an order nor a customer that was deleted, and no tombstone as a row", () => {
    const story = told(
      row(customers, "r", customer(7, "Ada")),
      row(orders, "c", order(1, "10.00")),
      row(orders, "c", order(2, "20.00")),
      row(orders, "d", order(1, "10.00")),
      row(customers, "d", customer(7, "Ada")),
      { ...row(customers, "d", {}), value: null },
    );

    expect(story.latestJoined(5).map(joinedLine)).toEqual([
      "joined  order 2: 20.00 for Tea 🌙 pot, by a customer who is not there",
    ]);
    expect(graph.tables.map((table) => story.counts(table))).toEqual([
      { snapshot: 0, insert: 2, update: 0, delete: 1 },
      { snapshot: 1, insert: 0, update: 0, delete: 1 },
    ]);
  });

  it("says what an update changed, and the whole row of anything else", () => {
    const story = told(row(orders, "c", order(1, "10.00")), row(orders, "u", order(1, "9.50")));

    expect(story.live.map(changeLine)).toEqual([
      "insert ORDERS  order_id=1  customer_id=7  order_ts=2026-05-01T08:00:00  order_total_usd=10.00  item=Tea 🌙 pot",
      "update ORDERS  order_id=1  order_total_usd: 10.00 → 9.50",
    ]);
  });

  it("knows how long a change took only where the log notes milliseconds", () => {
    const story = told(row(orders, "c", order(1, "10.00")), row(customers, "c", customer(7, "Ada")));

    expect(story.live.map(({ delay }) => delay)).toEqual([0.5, undefined]);
  });
});

describe("the picture", () => {
  const story = told(
    row(customers, "r", customer(7, "Ada")),
    ...Array.from({ length: 40 }, (_, id) => row(orders, "c", order(id, "10.00", 7, `Spoon\n\x1b[31m ${id} 🌙`))),
  );
  const frame = { title: "Demo", standsFor: "A stands for B, and C for D. ".repeat(6).trim(), seconds: 61 };

  it.each([
    [60, 20],
    [80, 24],
    [133, 50],
  ])("fills a terminal of %i columns and %i rows, and no more", (width, height) => {
    const lines = plain(drawn({ ...frame, story, tables, width, height }));

    expect(lines).toHaveLength(height);
    expect(lines.filter((line) => cells(line) > width || /\p{Cc}/u.test(line))).toEqual([]);
    expect(lines[0]).toMatch(/^Demo +1:01$/);
    expect(lines.at(-1)).toContain("Ctrl-C ends it");
    expect(lines.some((line) => /insert +ORDERS +order_id=39 /.test(line))).toBe(true);
    expect(lines.some((line) => /^ +39 +10\.00 Spoon.* Ada 𠮷田 +Malmö/.test(line))).toBe(true);
  });

  it("shows the last steps while it starts", () => {
    const steps = Array.from({ length: 40 }, (_, index) => `step ${index}`);
    const lines = plain(drawnSteps({ ...frame, steps, width: 60, height: 20 }));

    expect(lines).toHaveLength(20);
    expect(lines.some((line) => line.startsWith("step 39 "))).toBe(true);
  });
});

it.each([
  ["abc", 5, "abc  "],
  ["abcdef", 4, "abc…"],
  ["𠮷田𠮷", 4, "𠮷… "],
  ["a🌙b", 4, "a🌙b"],
  ["a\tb", 3, "a·b"],
  ["abc", 0, ""],
])("%j in %i columns is %j", (text, width, expected) => {
  expect(fitted(text, width)).toBe(expected);
});
