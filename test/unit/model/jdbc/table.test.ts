import { bytes, decimal, int32, text } from "../../../../model/columnTypes.ts";
import type { Transformation } from "../../../../model/graph.ts";
import { jdbcMistakes, jdbcTable, jdbcType } from "../../../../model/jdbc/table.ts";
import { graph } from "../warehouse/tables.ts";

function dataset(name: string) {
  const found = [...graph.tables, ...graph.transformations].find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new Error(`no ${name}`);
  }
  return found;
}

const enriched = dataset("ORDERS_ENRICHED") as Transformation;
const withColumn = (column: string, type = int32) => ({
  ...enriched,
  columns: [...enriched.columns, { source: column, name: column, type, required: false }],
});

describe("what a table of a JDBC target is", () => {
  it("of facts: a flag tells that a row is gone", () => {
    expect(jdbcTable(dataset("ORDERS"))).toMatchObject({
      name: "orders",
      topic: "mssql.dbo.ORDERS",
      key: ["order_id"],
      deleted: "__deleted",
      tombstone: [],
    });
  });

  it("of an entity: a flag and a tombstone, of which compaction may leave the second alone", () => {
    expect(jdbcTable(dataset("CUSTOMERS"))).toMatchObject({ deleted: "__deleted", tombstone: ["id"] });
  });

  it("of a result: columns in lower case, without the flag", () => {
    const { columns, deleted } = jdbcTable(enriched);
    expect(deleted).toBe("__DELETED");
    expect(columns.slice(0, 2).map(({ name, field }) => `${field} ${name}`)).toEqual([
      "ORDER_ID order_id",
      "ITEM item",
    ]);
    expect(columns.map(({ name }) => name)).not.toContain("__deleted");
  });

  it("of a table in ksqlDB: the message's key tells, under its own name", () => {
    expect(jdbcTable(dataset("CUSTOMERS_CLEAN"))).toMatchObject({
      key: ["CUSTOMER_ID"],
      deleted: undefined,
      tombstone: ["CUSTOMER_KEY"],
    });
  });

  it("of windows: tombstones say nothing, since they do not say of which", () => {
    expect(jdbcTable(dataset("ITEM_SALES_HOURLY"))).toMatchObject({ key: ["ITEM", "WINDOW_START"], tombstone: [] });
  });
});

it("gives text in a key of MySQL's the length that its index takes, and only there", () => {
  const key = ["A", "B"];
  const column = (field: string) => ({ name: field.toLowerCase(), field, type: text(16_777_216) });
  expect(jdbcType("mySql", { key }, column("A"))).toBe("VARCHAR(384)");
  expect(jdbcType("mySql", { key }, column("C"))).toBe("LONGTEXT");
  expect(jdbcType("postgres", { key }, column("A"))).toBe("TEXT");
});

it.each([
  ["postgres", withColumn("A"), []],
  ["mariaDb", dataset("ITEM_SALES_HOURLY"), []],
  [
    "mySql",
    withColumn("WIDE", decimal(70, 2)),
    [
      "column WIDE: MySQL keeps at most 65 digits, 30 of them after the point, so decimal(70, 2) would lose something. Make it decimal(65, 2).",
    ],
  ],
  [
    "mariaDb",
    { ...withColumn("RAW", bytes), key: ["RAW"] },
    ["column RAW: MariaDB has no key of bytes. Take another key, or PostgreSQL."],
  ],
  [
    "postgres",
    withColumn("item"),
    ["columns ITEM and item would be one, since names are written in lower case. Give one another name."],
  ],
  [
    "postgres",
    dataset("CUSTOMER_SESSIONS"),
    [
      "its rows are sessions, and one that grows leaves what it was behind: no record says that it is gone. Let a target of kind snowflake or lake take it, whose views leave such rows out.",
    ],
  ],
] as const)("says what %s cannot take", (system, taken, mistakes) => {
  expect(jdbcMistakes(system, taken)).toEqual(mistakes);
});
