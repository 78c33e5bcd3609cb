import type { Relation } from "../../../../model/ksql/statement.ts";
import { jsonCodec, withoutWindow, withWindow } from "../../../../tools/streams/json.ts";

const relation: Relation = {
  name: "SALES",
  kind: "table",
  topic: "SALES",
  keyFormat: "JSON",
  valueFormat: "JSON",
  columns: [
    { name: "ITEM_KEY", type: { base: "STRING" }, isKey: true },
    { name: "ITEM", type: { base: "STRING" }, isKey: false },
    { name: "ORDERS", type: { base: "BIGINT" }, isKey: false },
    { name: "TOTAL", type: { base: "DECIMAL", precision: 38, scale: 2 }, isKey: false },
    { name: "IS_NEW", type: { base: "BOOLEAN" }, isKey: false },
  ],
};
const two: Relation = {
  ...relation,
  columns: [
    { name: "A", type: { base: "INTEGER" }, isKey: true },
    { name: "B", type: { base: "STRING" }, isKey: true },
    { name: "C", type: { base: "INTEGER" }, isKey: false },
  ],
};
const decode = (key: string | null, value: string | null, of = relation) =>
  jsonCodec.decode(
    { key: key === null ? null : Buffer.from(key), value: value === null ? null : Buffer.from(value) },
    of,
    "",
  );

describe("JSON as ksqlDB writes it", () => {
  it("has one key column bare, and several in an object", async () => {
    const texts = async (key: unknown, of: Relation) => {
      const bytes = await jsonCodec.encode({ topic: "", key: key as string, value: { C: 1 }, timestamp: 0 }, of, "");
      return [bytes.key?.toString(), bytes.value?.toString()];
    };
    expect(await texts("pen", relation)).toEqual(['"pen"', '{"C":1}']);
    expect(await texts({ A: 7, B: "x" }, two)).toEqual(['{"A":7,"B":"x"}', '{"C":1}']);
    expect(await decode('{"A":7,"B":"x"}', '{"C":1}', two)).toEqual({ key: { A: 7, B: "x" }, value: { C: 1 } });
  });

  it("has no bytes for no key and no value", async () => {
    expect(await jsonCodec.encode({ topic: "", key: null, value: null, timestamp: 0 }, relation, "")).toEqual({
      key: null,
      value: null,
    });
    expect(await decode(null, null)).toEqual({ key: null, value: null });
  });

  const values: readonly (readonly [string, string, object])[] = [
    [
      "all digits of a decimal",
      '{"TOTAL":123456789012345678901234567890.12}',
      { TOTAL: "123456789012345678901234567890.12" },
    ],
    ["a decimal's zeros, which JSON may leave out", '{"TOTAL":10}', { TOTAL: "10.00" }],
    ["a decimal in quotes", '{"TOTAL":"10.5"}', { TOTAL: "10.50" }],
    ["a decimal with too many digits as it is", '{"TOTAL":10.555}', { TOTAL: "10.555" }],
    ["numbers and booleans", '{"ORDERS":3,"IS_NEW":false}', { ORDERS: 3, IS_NEW: false }],
    ["what no column is for", '{"ITEMS":7}', { ITEMS: '"7"' }],
  ];
  it.each(values)("gives %s", async (_, text, row) => {
    expect((await decode('"pen"', text)).value).toEqual({
      ...{ ITEM: null, ORDERS: null, TOTAL: null, IS_NEW: null },
      ...row,
    });
  });
});

describe("the key of a windowed table", () => {
  const key = Buffer.from('"pen"');

  it("ends with the window's start", () => {
    const hourly: Relation = { ...relation, windowed: "TUMBLING" };
    const bytes = Buffer.concat([key, Buffer.from("000001000000000f", "hex")]);
    const start = 0x1_0000_0000_0f;
    expect(withoutWindow(bytes, hourly, 3_600_000)).toEqual({
      key,
      window: { start, end: start + 3_600_000, type: "time" },
    });
    expect(withWindow(key, { start, end: start + 3_600_000, type: "time" })).toEqual(bytes);
  });

  it("ends with the end and the start of a session", () => {
    const sessions: Relation = { ...relation, windowed: "SESSION" };
    const bytes = Buffer.concat([key, Buffer.from("00000000000000090000000000000007", "hex")]);
    expect(withoutWindow(bytes, sessions, undefined)).toEqual({ key, window: { start: 7, end: 9, type: "session" } });
    expect(withWindow(key, { start: 7, end: 9, type: "session" })).toEqual(bytes);
  });

  it("is the key itself where there are no windows", () => {
    expect(withoutWindow(key, relation, undefined)).toEqual({ key, window: undefined });
  });
});
