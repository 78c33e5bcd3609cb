import { decimal, int32, text, type SourceKind } from "../../../../model/columnTypes.ts";
import type { Transformation } from "../../../../model/graph.ts";
import { landingTable, sourceKindOf, type LandingTable } from "../../../../model/warehouse/landing.ts";
import { configOf, environmentOf } from "../../configs.ts";
import { sourceOf } from "../declarations.ts";
import { graph, landingOf } from "./tables.ts";

const described = ({ columns }: LandingTable) => columns.map(({ name, type }) => `${name} ${type}`);

it("a table of a source has the record's metadata, what the transforms add, and last its own columns, which grow", () => {
  expect(described(landingOf("ORDERS"))).toEqual([
    "RECORD_METADATA VARIANT",
    "__OP VARCHAR(1)",
    "__SOURCE_TS_MS NUMBER(19,0)",
    "__DELETED VARCHAR(5)",
    "__SOURCE_COMMIT_LSN VARCHAR(22)",
    "__SOURCE_CHANGE_LSN VARCHAR(22)",
    "ORDER_ID NUMBER(10,0)",
    "CUSTOMER_ID NUMBER(10,0)",
    "ORDER_TS TIMESTAMP_NTZ(3)",
    "ORDER_TOTAL_USD NUMBER(5,2)",
    "ITEM VARCHAR(50)",
  ]);
  expect(landingOf("ORDERS")).toMatchObject({ topic: "mssql.dbo.ORDERS", kind: "facts", key: ["ORDER_ID"] });
});

it("a result has the record's metadata and the columns of its value", () => {
  expect(described(landingOf("ITEM_SALES_HOURLY"))).toEqual([
    "RECORD_METADATA VARIANT",
    "ITEM VARCHAR(16777216)",
    "WINDOW_START NUMBER(19,0)",
    "WINDOW_END NUMBER(19,0)",
    "ORDERS NUMBER(19,0)",
    "TURNOVER_USD NUMBER(38,2)",
  ]);
});

it.each<[SourceKind, string[]]>([
  ["sqlServer", ["__SOURCE_COMMIT_LSN VARCHAR(22)", "__SOURCE_CHANGE_LSN VARCHAR(22)"]],
  ["mySql", ["__SOURCE_FILE VARCHAR(255)", "__SOURCE_POS NUMBER(19,0)"]],
  ["mariaDb", ["__SOURCE_FILE VARCHAR(255)", "__SOURCE_POS NUMBER(19,0)"]],
  ["postgres", ["__SOURCE_LSN NUMBER(19,0)"]],
])("rows of %s tell where in its log they stand", (kind, expected) => {
  const path = kind === "sqlServer" || kind === "postgres" ? "s.Items" : "Items";
  const columns = { Id: int32, size: { type: text(9), as: "item_size" }, price: decimal(38, 37) };
  const source = sourceOf("shop", { kind, database: "d", tables: { [path]: { kind: "entity", key: "Id", columns } } });
  const [table] = source.tables.map((dataset) => landingTable(dataset, sourceKindOf([source], dataset)));
  expect(table).toMatchObject({ name: "ITEMS", key: ["ID"], deletions: "flag" });
  expect(table === undefined ? [] : described(table)).toEqual([
    "RECORD_METADATA VARIANT",
    "__OP VARCHAR(1)",
    "__SOURCE_TS_MS NUMBER(19,0)",
    "__DELETED VARCHAR(5)",
    ...expected,
    "ID NUMBER(10,0)",
    "ITEM_SIZE VARCHAR(9)",
    "PRICE NUMBER(38,37)",
  ]);
});

describe("what identifies a row, and how one goes", () => {
  it.each<[string, Partial<LandingTable>]>([
    ["ORDERS", { key: ["ORDER_ID"], deletions: "flag" }],
    ["CUSTOMERS", { key: ["ID"], deletions: "flag" }],
    ["ORDERS_ENRICHED", { key: ["ORDER_ID"], deletions: "flag" }],
    ["ORDERS_PLACED", { key: ["ORDER_ID"], deletions: "none" }],
    // An order may have two shipments: the key of the first is not the key of the pair.
    ["ORDERS_SHIPPED", { key: [], deletions: "none" }],
    ["CUSTOMERS_CLEAN", { key: ["CUSTOMER_ID"], keyFields: ["CUSTOMER_KEY"], deletions: "tombstone" }],
    ["CUSTOMERS_BY_COMPANY", { key: ["CUSTOMER_ID"], keyFields: ["CUSTOMER_KEY"], deletions: "tombstone" }],
    ["ITEM_SALES_HOURLY", { key: ["ITEM", "WINDOW_START"], deletions: "none", session: undefined }],
    ["ITEM_SALES_TRENDING", { key: ["ITEM", "WINDOW_START"], deletions: "none", session: undefined }],
    [
      "CUSTOMER_SESSIONS",
      {
        key: ["CUSTOMER_ID", "WINDOW_START"],
        deletions: "session",
        session: { start: "WINDOW_START", end: "WINDOW_END" },
      },
    ],
  ])("in %s", (name, expected) => {
    expect(landingOf(name)).toMatchObject(expected);
  });

  const statement = (sql: string): LandingTable => {
    const text = `-- Why? Because.\nCREATE STREAM ORDERS_LARGE WITH (KAFKA_TOPIC = 'ORDERS_LARGE', FORMAT = 'AVRO') AS\n${sql};`;
    const environment = environmentOf(configOf("{ stage: 2, transformations: [ORDERS_LARGE] }"), {
      statement: () => text,
    });
    const [landing] = environment.graph.transformations.map((result) => landingTable(result));
    if (landing === undefined) {
      throw new Error("no result");
    }
    return landing;
  };

  it.each([
    ["its source's key", "SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders EMIT CHANGES", ["ORDER_ID"]],
    [
      "that key as the source's alias has it",
      "SELECT o.order_id AS k, AS_VALUE(o.order_id) AS order_id FROM orders o PARTITION BY o.order_id EMIT CHANGES",
      ["ORDER_ID"],
    ],
    [
      "another column as key, which orders share",
      "SELECT customer_id AS k, AS_VALUE(customer_id) AS customer_id FROM orders PARTITION BY customer_id EMIT CHANGES",
      [],
    ],
    [
      "several rows out of one",
      "SELECT order_id AS k, AS_VALUE(order_id) AS order_id, EXPLODE(SPLIT(item, ' ')) AS word FROM orders EMIT CHANGES",
      [],
    ],
  ])("in a stream with %s", (_, sql, key) => {
    expect(statement(sql).key).toEqual(key);
  });

  it("in a stream that says itself which rows are gone", () => {
    const sql = "SELECT order_id AS k, AS_VALUE(order_id) AS order_id, __deleted FROM orders EMIT CHANGES";
    expect(statement(sql)).toMatchObject({ key: ["ORDER_ID"], deletions: "flag" });
  });
});

it("a type that Snowflake does not carry is told by the checks, and never made", () => {
  const dataset = {
    ...graph.transformations[0],
    columns: [{ source: "N", name: "N", type: decimal(50, 2), required: false }],
  };
  expect(() => landingTable(dataset as Transformation)).toThrow("which a check should have said");
});
