import { readdirSync, readFileSync } from "node:fs";
import { Lab } from "../../dataplane/engines/processes.ts";
import { Reader } from "../../dataplane/engines/reader.ts";
import { SnowflakeStandIn, type Cell } from "../../dataplane/engines/snowflake.ts";
import { reconcileSources, startPlane, type Plane } from "../../dataplane/plane.ts";
import { withStandIns } from "../../dataplane/standIns.ts";
import { assemble } from "../../image/connect/assemble.ts";
import { declaredGraph, defaultGraph } from "../../model/graph.ts";
import { demoChanges } from "../../model/sources/demoChanges.ts";
import { demoRows } from "../../model/sources/demoData.ts";
import { seedSql, transactionSql } from "../../model/sources/demoSql.ts";
import { landingTable, sourceKindOf } from "../../model/warehouse/landing.ts";
import { pipeline } from "../../pipeline.ts";
import { landedByConnector } from "./warehouse/connector.ts";
import { makeTableAndView } from "./warehouse/view.ts";

/**
 * The article's rows from real databases through real topics into landing tables, on a stand-in for Snowflake; then every
 * file of sql/snowflake has to tell the truth about them. Between topics and tables stands our own writer in place of the
 * connector, which needs Snowflake itself.
 */
const lab = new Lab("warehouse-article");
const graph = defaultGraph(declaredGraph(withStandIns(pipeline)));
const folder = "sql/snowflake";
const asked = new Set<string>();
let plane: Plane;
let reader: Reader;
let standIn: SnowflakeStandIn;
/** Rows of each topic that are in its landing table. */
const landed = new Map<string, number>();

/** From Kafka to the moment at which the connector hands a row over, in milliseconds. */
const onTheirWay = 1500;

beforeAll(async () => {
  const image = await assemble();
  [plane, standIn] = await Promise.all([
    startPlane(lab, { image, graph, partitions: 3, rows: (source) => seedSql(source.kind, demoRows(source)) }),
    SnowflakeStandIn.start(lab),
  ]);
  for (const table of graph.tables) {
    await makeTableAndView(standIn, landingTable(table, sourceKindOf(graph.sources, table)));
  }
  reader = await Reader.open(
    lab,
    plane.broker,
    plane.registry,
    graph.tables.map(({ topic }) => topic),
  );
  const connectors = Object.fromEntries(graph.sources.map((source) => [source.name, plane.connector(source)]));
  await reconcileSources(lab, plane, image, connectors);
});
afterAll(() => lab.stop());

/** Waits for so many records of each topic, and puts into the landing tables what is not there yet, the last part twice. */
async function land(counts: Readonly<Record<string, number>>): Promise<void> {
  for (const { name, topic } of graph.tables) {
    const rows = await reader.until(topic, () => true, 120, counts[name] ?? 0);
    const fresh = rows.slice(landed.get(topic) ?? 0).map((row) => landedByConnector(row, row.timestamp + onTheirWay));
    landed.set(topic, rows.length);
    await standIn.load(`LANDING.${name}`, [...fresh, ...fresh.slice(-5)]);
  }
}

/** What a file says, with its words changed as a reader would. */
async function ask(file: string, changed: (sql: string) => string = (sql) => sql): Promise<Record<string, Cell>[]> {
  asked.add(file);
  return standIn.rows(changed(readFileSync(`${folder}/${file}`, "utf8")));
}

/** What the source's own database says, a line a row and a tab between columns. */
function sourceSays(source: string, sql: string): string[][] {
  const found = plane.databases.find((each) => each.source.name === source);
  const printed = found?.server.sql(sql, { database: found.source.database }) ?? "";
  return printed.split("\n").map((line) => line.split("\t"));
}

/** The statement of a file that reads this. */
const statementOf = (file: string, from: string) =>
  `${
    readFileSync(file, "utf8")
      .split(";\n")
      .find((statement) => statement.includes(`FROM ${from}\n`)) ?? ""
  };`;

async function expectReconciled(): Promise<void> {
  // The stand-in sums decimals as floats.
  const numbers = (rows: readonly (readonly Cell[])[]) => rows.map((row) => row.map((cell) => Number(cell).toFixed(2)));
  const compare = async (source: string, file: string, from: string, table: string) => {
    const { rows } = await standIn.run(statementOf(`${folder}/reconcile.sql`, `ANALYTICS.${table}`));
    expect(numbers(rows)).toEqual(numbers(sourceSays(source, statementOf(`sql/sources/reconcile/${file}`, from))));
    return rows;
  };
  expect(await compare("mssql", "postgres.sql", '"dbo"."ORDERS"', "ORDERS")).toHaveLength(1);
  expect(await compare("mysql", "mariaDb.sql", "`customers`", "CUSTOMERS")).toHaveLength(1);
  asked.add("reconcile.sql");
}

test("what was there at first: 100 orders, each with its customer, and the source's sum", async () => {
  await land({ ORDERS: 100, CUSTOMERS: 20 });
  const rows = await ask("orders_with_customers.sql");
  expect(rows).toHaveLength(100);
  expect(rows.filter(({ FIRST_NAME, LAST_NAME, EMAIL }) => [FIRST_NAME, LAST_NAME, EMAIL].includes(null))).toEqual([]);
  const cents = rows.reduce((sum, { ORDER_TOTAL_USD }) => sum + Math.round(Number(ORDER_TOTAL_USD) * 100), 0);
  expect(String(cents)).toBe(
    sourceSays("mssql", 'SELECT SUM(order_total_usd * 100)::bigint FROM dbo."ORDERS"')[0]?.[0],
  );
  await expectReconciled();
});

test("after the article's changes: deletions are gone, the late customer is there, and the figures are the source's", async () => {
  const changes = demoChanges(graph.sources);
  for (const change of changes) {
    const { kind, database } = graph.sources.find(({ name }) => name === change.table.source) ?? {};
    const found = plane.databases.find((each) => each.source.name === change.table.source);
    found?.server.sql(transactionSql(kind ?? "postgres", [change]), { database: database ?? "" });
  }
  const made = (name: string) => changes.filter(({ table }) => table.name === name);
  const deletions = made("CUSTOMERS").filter(({ operation }) => operation === "delete").length;
  // A customer that is deleted leaves a tombstone, too.
  await land({ ORDERS: 100 + made("ORDERS").length, CUSTOMERS: 20 + made("CUSTOMERS").length + deletions });

  const rows = await ask("orders_with_customers.sql");
  expect(rows).toHaveLength(99);
  expect(rows.filter(({ FIRST_NAME }) => FIRST_NAME === null)).toEqual([]);
  expect(rows.filter(({ ORDER_ID }) => ORDER_ID === "77" || ORDER_ID === "58")).toEqual([]);
  expect(rows.find(({ ORDER_ID }) => ORDER_ID === "42")).toMatchObject({
    ORDER_TOTAL_USD: "0.00",
    ITEM: "Wooden spoon, refunded",
  });
  const [late = []] = sourceSays("mysql", "SELECT first_name, city FROM customers WHERE id = 21");
  expect(rows.find(({ ORDER_ID }) => ORDER_ID === "101")).toMatchObject({ FIRST_NAME: late[0], CITY: late[1] });
  await expectReconciled();
});

test("who customer 17 is, and what they bought", async () => {
  const [who = []] = sourceSays("mysql", "SELECT first_name, last_name, city, country FROM customers WHERE id = 17");
  const bought = sourceSays(
    "mssql",
    `SELECT order_id, to_char(order_ts, 'YYYY-MM-DD"T"HH24:MI:SS.MS'), item, order_total_usd FROM dbo."ORDERS" WHERE customer_id = 17 ORDER BY order_ts, order_id`,
  );
  expect(bought.length).toBeGreaterThan(1);
  expect((await ask("customer_17.sql")).map((row) => Object.values(row))).toEqual(
    bought.map((order) => ["17", ...who, ...order]),
  );
});

test("the history of order 42 has every state, once; that of a deleted one its end", async () => {
  const history = await ask("order_history.sql");
  expect(history.map(({ WHAT, ORDER_TOTAL_USD }) => [WHAT, ORDER_TOTAL_USD]).slice(1)).toEqual([
    ["updated", "150.00"],
    ["updated", "149.50"],
    ["updated", "99.99"],
    ["updated", "0.00"],
    ["updated", "0.00"],
  ]);
  expect(history[0]).toMatchObject({ WHAT: "there at first" });
  expect(history.at(-1)).toMatchObject({ ITEM: "Wooden spoon, refunded" });
  const ended = await ask("order_history.sql", (sql) => sql.replaceAll("42", "77"));
  expect(ended.map(({ WHAT }) => WHAT)).toEqual(["there at first", "deleted"]);
});

test("freshness is of the changes, and not of what was there at first", async () => {
  const rows = await ask("freshness.sql");
  expect(rows.map(({ DATASET }) => DATASET)).toEqual(["CUSTOMERS", "ORDERS"]);
  for (const row of rows) {
    const [toKafka, toSnowflake] = [Number(row.TO_KAFKA_P50), Number(row.TO_SNOWFLAKE_P50)];
    expect(toKafka).toBeGreaterThanOrEqual(0);
    expect(toKafka).toBeLessThan(60);
    expect(toSnowflake - toKafka).toBeCloseTo(onTheirWay / 1000, 3);
    expect(Number(row.TO_SNOWFLAKE_P95)).toBeGreaterThanOrEqual(toSnowflake);
    expect(Date.parse(`${String(row.LAST_CHANGE)}Z`)).toBeGreaterThan(Date.now() - 3_600_000);
  }
});

test("rows that Snowflake refused are shown with the reason", async () => {
  for (const { name } of graph.tables) {
    const columns = ["ERROR_METADATA", "ERROR_DATA"].map((column) => ({ name: column, type: "VARIANT" }));
    await standIn.table(`LANDING.${name}__ERRORS`, [{ name: "TIMESTAMP", type: "TIMESTAMP_NTZ(3)" }, ...columns]);
  }
  const refused = (service: string, TIMESTAMP: string) => ({
    TIMESTAMP,
    ERROR_METADATA: JSON.stringify({ service, error_message: `Numeric value 'x' is not recognized` }),
    ERROR_DATA: JSON.stringify({ ORDER_ID: "x" }),
  });
  await standIn.load("LANDING.ORDERS__ERRORS", [
    refused("snowpipe_streaming", "2026-11-26T04:00:00.000Z"),
    refused("dml", "2026-11-26T04:00:01.000Z"),
  ]);
  expect(await ask("error_rows.sql")).toEqual([
    {
      DATASET: "ORDERS",
      REFUSED_AT: "2026-11-26T04:00:00.000",
      REASON: "Numeric value 'x' is not recognized",
      ERROR_DATA: '{"ORDER_ID":"x"}',
    },
  ]);
});

test("the cost of the last day is this database's, by service", async () => {
  await standIn.native("ATTACH ':memory:' AS SNOWFLAKE");
  await standIn.native("CREATE SCHEMA SNOWFLAKE.ACCOUNT_USAGE");
  await standIn.native(
    "CREATE TABLE SNOWFLAKE.ACCOUNT_USAGE.METERING_HISTORY AS SELECT * FROM (VALUES " +
      "('WAREHOUSE_METERING', 'PIPELINE_TEST_WH', NULL, now() - INTERVAL 2 HOUR, 0.25)," +
      "('WAREHOUSE_METERING', 'PIPELINE_TEST_WH', NULL, now() - INTERVAL 3 HOUR, 0.5)," +
      "('WAREHOUSE_METERING', 'PIPELINE_TEST_WH', NULL, now() - INTERVAL 30 HOUR, 9)," +
      "('WAREHOUSE_METERING', 'OTHER_WH', NULL, now(), 9)," +
      "('SNOWPIPE_STREAMING', 'ORDERS-STREAMING', 'PIPELINE_TEST', now(), 0.125)," +
      "('SNOWPIPE_STREAMING', 'ORDERS-STREAMING', 'OTHER', now(), 9)" +
      ") AS t (SERVICE_TYPE, NAME, DATABASE_NAME, START_TIME, CREDITS_USED)",
  );
  expect((await ask("cost_last_day.sql")).map((row) => Object.values(row).map(String))).toEqual([
    ["WAREHOUSE_METERING", "PIPELINE_TEST_WH", "0.75"],
    ["SNOWPIPE_STREAMING", "ORDERS-STREAMING", "0.125"],
  ]);
});

test("every file has been asked", () => {
  const others = ["setup.sql", "setup.undo.sql"]; // for an administrator: what they mean is rights
  expect([...asked].sort()).toEqual(
    readdirSync(folder)
      .filter((file) => !others.includes(file))
      .sort(),
  );
});
