import { glueView, trinoType, viewKindOf } from "../../../../model/lake/view.ts";
import { lakeTables } from "../../../../model/lake/table.ts";
import { graph } from "../warehouse/tables.ts";
import { lakeOf, sqlOf } from "./tables.ts";

it("of facts takes the last version of each day, and lets the day through to the files", () => {
  expect(sqlOf(lakeOf("ORDERS_ENRICHED"))).toBe(`SELECT
    order_id,
    item,
    order_total_usd,
    full_name,
    email,
    company,
    street_address,
    city,
    country,
    dt,
    hour
FROM (
    SELECT
        order_id,
        item,
        order_total_usd,
        full_name,
        email,
        company,
        street_address,
        city,
        country,
        dt,
        hour,
        (COALESCE(__deleted, 'false') <> 'false') AS __gone,
        ROW_NUMBER() OVER (
            PARTITION BY dt, order_id
            ORDER BY __topic_partition DESC, __topic_offset DESC
        ) AS __version
    FROM shop.orders_enriched_history
    WHERE order_id IS NOT NULL
)
WHERE __version = 1 AND NOT __gone`);
});

it("of entities takes the last version of each key, then leaves out what is deleted", () => {
  expect(sqlOf(lakeOf("LOYALTY"))).toBe(`SELECT
    id,
    level
FROM (
    SELECT
        id,
        level,
        (COALESCE(__deleted, 'false') <> 'false') AS __gone,
        ROW_NUMBER() OVER (
            PARTITION BY id
            ORDER BY __topic_partition DESC, __topic_offset DESC
        ) AS __version
    FROM shop.loyalty_history
    WHERE id IS NOT NULL
)
WHERE __version = 1 AND NOT __gone`);
});

it("of facts that no key tells apart takes each record once", () => {
  const sql = sqlOf(lakeOf("ORDERS_SHIPPED"));
  expect(sql).toContain("PARTITION BY dt, __topic_partition, __topic_offset\n");
  expect(sql).toContain("    WHERE TRUE\n");
  expect(sql).toContain("(FALSE) AS __gone");
});

it("of windows takes the last result of each", () => {
  const sql = sqlOf(lakeOf("ITEM_SALES_HOURLY"));
  expect(sql).toContain("PARTITION BY item, window_start\n");
  expect(sql).toContain("(FALSE) AS __gone");
});

it("of sessions leaves out those that lie within a longer one of their key", () => {
  expect(sqlOf(lakeOf("CUSTOMER_SESSIONS"))).toMatch(
    /MAX\(window_end\) OVER \(\n {12}PARTITION BY customer_id\n {12}ORDER BY window_start\n[^]*PARTITION BY customer_id, window_start\n[^]*WHERE COALESCE\(__covered < window_end, TRUE\)$/,
  );
});

it("is not made of what tells of a deletion by a tombstone alone, which the sink leaves out", () => {
  const without = lakeTables(graph, { reads: "all" }).filter((table) => viewKindOf(table) === undefined);
  expect(without.map(({ dataset }) => dataset)).toEqual(["customers_clean", "customers_loyal", "customers_by_company"]);
});

it("has the same columns in Glue and in what Athena and Trino read, each with its own types", () => {
  const table = { ...lakeOf("ORDERS"), kind: "facts" as const };
  const { viewOriginalText, ...view } = glueView(table, sqlOf(table), "shop");
  expect(view).toEqual({
    name: "orders",
    tableType: "VIRTUAL_VIEW",
    owner: "pipeline",
    parameters: { presto_view: "true", comment: "Presto View" },
    partitionKeys: [],
    storageDescriptor: {
      columns: [
        { name: "order_id", type: "int" },
        { name: "customer_id", type: "int" },
        { name: "order_ts", type: "timestamp" },
        { name: "order_total_usd", type: "decimal(5,2)" },
        { name: "item", type: "string" },
        { name: "dt", type: "string" },
        { name: "hour", type: "int" },
      ],
      serDeInfo: { name: "-", serializationLibrary: "-" },
    },
    viewExpandedText: "/* Presto View */",
  });
  const [, base64 = ""] = /^\/\* Presto View: (\S+) \*\/$/.exec(viewOriginalText ?? "") ?? [];
  expect(JSON.parse(Buffer.from(base64, "base64").toString())).toEqual({
    originalSql: sqlOf(table),
    catalog: "awsdatacatalog",
    schema: "shop",
    columns: [
      { name: "order_id", type: "integer" },
      { name: "customer_id", type: "integer" },
      { name: "order_ts", type: "timestamp(3)" },
      { name: "order_total_usd", type: "decimal(5,2)" },
      { name: "item", type: "varchar" },
      { name: "dt", type: "varchar" },
      { name: "hour", type: "integer" },
    ],
  });
});

it("shows exactly the columns that its SELECT has, in their order", () => {
  for (const table of lakeTables(graph, { reads: "all" }).filter((one) => viewKindOf(one) !== undefined)) {
    const sql = sqlOf(table);
    const selected = sql.slice("SELECT".length, sql.indexOf("\nFROM")).trim().split(/,\s+/);
    expect(glueView(table, sql, "shop").storageDescriptor.columns.map(({ name }) => name)).toEqual(selected);
  }
});

it("knows Trino's name of every type that Glue has", () => {
  expect(
    ["boolean", "int", "bigint", "double", "string", "date", "timestamp", "binary", "decimal(38,0)"].map(trinoType),
  ).toEqual([
    "boolean",
    "integer",
    "bigint",
    "double",
    "varchar",
    "date",
    "timestamp(3)",
    "varbinary",
    "decimal(38,0)",
  ]);
  expect(() => trinoType("uniontype")).toThrow("nothing is known of uniontype");
});
