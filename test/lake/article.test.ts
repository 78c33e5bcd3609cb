import { readdirSync, readFileSync } from "node:fs";
import { runFlink } from "../../dataplane/engines/flink.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { Reader, type Row } from "../../dataplane/engines/reader.ts";
import type { Cell } from "../../dataplane/engines/trino.ts";
import { reconcileSources, startPlane, type Plane } from "../../dataplane/plane.ts";
import { withStandIns } from "../../dataplane/standIns.ts";
import { assemble } from "../../image/connect/assemble.ts";
import { declaredGraph, defaultGraph } from "../../model/graph.ts";
import { readQuery } from "../../model/lake/queries.ts";
import { lakeTable } from "../../model/lake/table.ts";
import { demoChanges } from "../../model/sources/demoChanges.ts";
import { demoRows } from "../../model/sources/demoData.ts";
import { seedSql, transactionSql } from "../../model/sources/demoSql.ts";
import { sourceKindOf } from "../../model/warehouse/landing.ts";
import { pipeline } from "../../pipeline.ts";
import { readCaseFiles, type CaseRecord } from "../../tools/streams/cases.ts";
import { knownStatements } from "../../tools/streams/catalogue.ts";
import { flinkEvent, flinkRelations } from "../dataplane/flinkInput.ts";
import { graph as everything } from "../unit/model/warehouse/tables.ts";
import { avroInt, avroSchema, AvroWriter, type Plain } from "../../dataplane/lake/avro.ts";
import { dayOf, Lake } from "../../dataplane/lake/lake.ts";

/**
 * The article's rows from real databases through real topics into the lake, and every file of sql/athena about them. Flink
 * plays ksqlDB's join, whose result goes into its topic as ksqlDB writes it; between topics and files stands the sink's
 * stand-in, and Trino with moto in place of Athena, Glue and S3.
 */
const lab = new Lab("lake-article");
const graph = defaultGraph(declaredGraph(withStandIns(pipeline)));
const folder = "sql/athena";
const asked = new Set<string>();
let plane: Plane;
let lake: Lake;
let reader: Reader;
/** Every version of an enriched order, in the order of its topic's partitions. */
let enriched: Version[] = [];

interface Version {
  readonly partition: number;
  readonly offset: number;
  readonly at: string;
  readonly row: Readonly<Record<string, Plain>>;
}

const dataset = everything.transformations.find(({ name }) => name === "ORDERS_ENRICHED");
const [orders, customers] = ["ORDERS", "CUSTOMERS"].map((name) => graph.tables.find((table) => table.name === name));

beforeAll(async () => {
  if (dataset === undefined || orders === undefined || customers === undefined) {
    throw new Error("the article's datasets are missing");
  }
  const image = await assemble();
  plane = await startPlane(lab, {
    image,
    graph,
    partitions: 3,
    rows: (source) => seedSql(source.kind, demoRows(source)),
  });
  lake = await Lake.start(lab, { image, registryUrl: plane.registry.url });
  for (const table of [dataset, orders, customers]) {
    await lake.make(lakeTable(table, "path" in table ? sourceKindOf(graph.sources, table) : undefined));
  }
  reader = await Reader.open(lab, plane.broker, plane.registry, [orders.topic, customers.topic]);
  const connectors = Object.fromEntries(graph.sources.map((source) => [source.name, plane.connector(source)]));
  // Customers first: an order that comes before its customer has none.
  await reconcileSources(lab, plane, image, { mysql: connectors.mysql ?? {} });
  await reader.until(customers.topic, () => true, 120, 20);
  await reconcileSources(lab, plane, image, connectors);
  await reader.until(orders.topic, () => true, 120, 100);
  const changes = demoChanges(graph.sources).toSorted((a, b) => (a.table.name < b.table.name ? -1 : 1));
  for (const { table, ...change } of changes) {
    const { kind, database } = graph.sources.find(({ name }) => name === table.source) ?? {};
    const found = plane.databases.find(({ source }) => source.name === table.source);
    found?.server.sql(transactionSql(kind ?? "postgres", [{ table, ...change }]), { database: database ?? "" });
  }
  const made = (name: string) => changes.filter(({ table }) => table.name === name);
  const gone = made("CUSTOMERS").filter(({ operation }) => operation === "delete").length;
  await reader.until(customers.topic, () => true, 120, 20 + made("CUSTOMERS").length + gone);
  await reader.until(orders.topic, () => true, 120, 100 + made("ORDERS").length);

  enriched = await enrich(dataset, [...reader.of(customers.topic), ...reader.of(orders.topic)]);
  await land([...reader.of(customers.topic), ...reader.of(orders.topic)]);
});
afterAll(() => lab.stop());

/** Joins as the statement does, and lets the result go through its topic into the lake. */
async function enrich(result: NonNullable<typeof dataset>, rows: readonly Row[]): Promise<Version[]> {
  const known = knownStatements().get("sql/ksqldb/ORDERS_ENRICHED.sql");
  const proof = readCaseFiles().find(({ name }) => name === "ORDERS_ENRICHED")?.proof;
  if (known === undefined || proof === undefined || !("engine" in proof)) {
    throw new Error("ORDERS_ENRICHED has no translation");
  }
  const records = rows.map(caseRecord).toSorted((a, b) => a.timestamp - b.timestamp);
  const [answer] = await runFlink(lab, [
    {
      relations: flinkRelations(known),
      sql: proof.sql.join("\n"),
      behindMs: proof.behindMs ?? 0,
      cases: [records.map((record) => flinkEvent(record, known))],
    },
  ]);
  const joined = (answer?.cases?.[0] ?? []).map(({ row }) => row);
  const keyId = await register(`${result.topic}-key`, "int");
  const valueId = await register(`${result.topic}-value`, avroSchema("KsqlDataSourceSchema", result.columns));
  const writer = new AvroWriter(result.columns, valueId);
  const producer = plane.broker.client.producer({ allowAutoTopicCreation: false, retry: { retries: 8 } });
  await producer.connect();
  await plane.broker.createTopics([{ topic: result.topic, numPartitions: 3 }]);
  // The join's rows have the time of the order; those of one order come as its versions do.
  const times = new Map<string, number[]>();
  records
    .filter(({ topic }) => topic === orders?.topic)
    .forEach(({ key, timestamp }) => times.set(idOf(key), [...(times.get(idOf(key)) ?? []), timestamp]));
  const messages = joined.map((row) => ({
    key: avroInt(Number(row.ORDER_ID), keyId),
    value: writer.write(row),
    timestamp: String(times.get(JSON.stringify(row.ORDER_ID))?.shift() ?? 0),
  }));
  await producer.send({ topic: result.topic, messages });
  await producer.disconnect();
  const results = await Reader.open(lab, plane.broker, plane.registry, [result.topic]);
  const arrived = await results.until(result.topic, () => true, 60, messages.length);
  await land(arrived);
  return arrived
    .map(({ partition, offset, timestamp, value }) => ({
      partition,
      offset,
      at: new Date(timestamp).toISOString(),
      row: value as Version["row"],
    }))
    .toSorted((a, b) => a.partition - b.partition || a.offset - b.offset);
}

const idOf = (key: CaseRecord["key"]) => JSON.stringify(key);

/** Puts a schema into the registry. Returns its id. */
async function register(subject: string, schema: unknown): Promise<number> {
  const response = await fetch(`${plane.registry.url}/subjects/${subject}/versions`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ schema: JSON.stringify(schema) }),
  });
  return ((await response.json()) as { id: number }).id;
}

/** As the cases of the statements have it: names in capitals, times as numbers. */
function caseRecord({ topic, key, value, timestamp, valueSchema }: Row): CaseRecord {
  const { fields = [] } = (valueSchema ?? {}) as { fields?: readonly { name: string; type: unknown }[] };
  const isA = (name: string, logical: string) =>
    JSON.stringify(fields.find((field) => field.name === name)?.type ?? "").includes(logical);
  const plain = (name: string, held: Plain) =>
    held === null
      ? null
      : isA(name, "timestamp-millis")
        ? Date.parse(String(held))
        : isA(name, '"date"')
          ? Date.parse(String(held)) / 86_400_000
          : held;
  const row =
    value === null
      ? null
      : Object.fromEntries(
          Object.entries(value as Version["row"]).map(([name, held]) => [name.toUpperCase(), plain(name, held)]),
        );
  return { topic, key: key as Plain, value: row, timestamp };
}

/** Hands rows to the sink, partition by partition, and lets it close its files. */
async function land(rows: readonly Row[]): Promise<void> {
  const places = Map.groupBy(rows, ({ topic, partition }) => `${topic} ${partition}`);
  for (const of of places.values()) {
    const records = of
      .toSorted((a, b) => a.offset - b.offset)
      .map(({ offset, timestamp, bytes }) => ({ offset, timestamp, ...bytes }));
    await lake.sink.put(of[0]?.topic ?? "", of[0]?.partition ?? 0, records);
  }
  await lake.sink.flush();
}

/** Runs a file with these values in place of its question marks, as Athena runs a prepared statement. */
async function ask(name: string, ...values: readonly (string | number)[]): Promise<Record<string, Cell>[]> {
  const file = `${name}.sql`;
  asked.add(file);
  const { sql, binds } = readQuery(file, readFileSync(`${folder}/${file}`, "utf8"));
  const literals = values.map((value) => (typeof value === "number" ? String(value) : `'${value}'`));
  const quoted = sql.replaceAll("'", "''");
  return lake.rows(binds ? `EXECUTE IMMEDIATE '${quoted}' USING ${literals.join(", ")}` : sql);
}

/** What the source's own database says, a line a row and a tab between columns. */
function sourceSays(source: string, sql: string): string[][] {
  const found = plane.databases.find((each) => each.source.name === source);
  const database = found?.source.database ?? "";
  const isMaria = found?.source.kind === "mariaDb";
  const printed = found?.server.sql(isMaria ? `SET NAMES utf8mb4; ${sql}` : sql, { database }) ?? "";
  // Its client writes a backslash as two.
  return (isMaria ? printed.replaceAll("\\\\", "\\") : printed).split("\n").map((line) => line.split("\t"));
}

const asText = (rows: readonly Record<string, Cell>[]) => rows.map((row) => Object.values(row).map(String));
const inOrder = (rows: readonly (readonly string[])[]) => rows.map((row) => [...row]).sort();

/** Of each order the last version, unless it is a deletion. */
function current(versions: readonly Version[] = enriched): Version["row"][] {
  const last = new Map(versions.map(({ row }) => [row.ORDER_ID, row]));
  return [...last.values()].filter(({ __DELETED }) => __DELETED === "false");
}

const cents = (value: Plain | Cell | undefined) => Math.round(Number(value) * 100);
const usd = (rows: readonly Version["row"][]) =>
  (rows.reduce((sum, { ORDER_TOTAL_USD }) => sum + cents(ORDER_TOTAL_USD), 0) / 100).toFixed(2);
const days = () => [...new Set(enriched.map(({ at }) => at.slice(0, 10)))].sort();
const onDay = (day: string) => enriched.filter(({ at }) => at.startsWith(day));

test("customers as they are now are the source's rows, each with every column", async () => {
  const columns = (customers?.columns ?? []).map(({ name }) => name).join(", ");
  const source = sourceSays("mysql", `SELECT ${columns} FROM customers ORDER BY id`);
  expect(source).toHaveLength(20);
  expect(asText(await lake.rows(`SELECT ${columns} FROM customers ORDER BY id`))).toEqual(source);
});

test("orders of the day are the source's rows, and so is their sum", async () => {
  const columns = "order_id, customer_id, order_total_usd, item";
  const source = sourceSays("mssql", `SELECT ${columns} FROM dbo."ORDERS"`);
  expect(source).toHaveLength(99);
  expect(inOrder(asText(await lake.rows(`SELECT ${columns} FROM orders`)))).toEqual(inOrder(source));
  const [sum] = await lake.rows("SELECT sum(order_total_usd) AS usd, count(*) AS orders FROM orders_enriched");
  expect(Object.values(sum ?? {}).map(String)).toEqual(
    sourceSays("mssql", 'SELECT SUM(order_total_usd), count(*) FROM dbo."ORDERS"')[0],
  );
});

test("enriched orders have their customers' names, the late one among them", async () => {
  const rows = await lake.rows("SELECT order_id, full_name, city FROM orders_enriched");
  expect(rows).toHaveLength(99);
  expect(rows.filter(({ full_name }) => full_name === "")).toEqual([]);
  const [late = []] = sourceSays(
    "mysql",
    "SELECT concat(first_name, ' ', last_name), city FROM customers WHERE id = 21",
  );
  expect(rows.find(({ order_id }) => order_id === 101)).toEqual({ order_id: 101, full_name: late[0], city: late[1] });
});

test("what was sold on a day, by item", async () => {
  for (const day of days()) {
    const items = Map.groupBy(current(onDay(day)), ({ ITEM }) => String(ITEM));
    const expected = [...items].map(([item, rows]) => [item, String(rows.length), usd(rows)]);
    const rows = asText(await ask("sales_of_day", day));
    expect(inOrder(rows)).toEqual(inOrder(expected));
    const totals = rows.map(([, , total]) => Number(total));
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
  }
});

test("how its sales spread over its hours", async () => {
  for (const day of days()) {
    const hours = new Map<number, Version["row"][]>();
    const last = new Map(onDay(day).map((version) => [version.row.ORDER_ID, version]));
    [...last.values()]
      .filter(({ row }) => row.__DELETED === "false")
      .forEach(({ at, row }) => {
        const hour = Number(at.slice(11, 13));
        hours.set(hour, [...(hours.get(hour) ?? []), row]);
      });
    expect(await ask("sales_by_hour", day)).toEqual(
      [...hours]
        .toSorted(([a], [b]) => a - b)
        .map(([hour, rows]) => ({ hour, orders: rows.length, total_usd: usd(rows) })),
    );
  }
});

test("who bought most between two days", async () => {
  const buyers = Map.groupBy(current(), ({ FULL_NAME, EMAIL }) => `${String(FULL_NAME)}\t${String(EMAIL)}`);
  const expected = [...buyers]
    .map(([who, rows]) => [...who.split("\t"), String(rows.length), usd(rows)])
    .toSorted((a, b) => Number(b[3]) - Number(a[3]) || ((a[1] ?? "") < (b[1] ?? "") ? -1 : 1));
  const [first = "", last = first] = [days()[0], days().at(-1)];
  expect(asText(await ask("best_customers", first, last, 5))).toEqual(expected.slice(0, 5));
  expect(await ask("best_customers", "2026-11-01", "2026-11-02", 5)).toEqual([]);
});

test("what happened to order 42, version by version, and to one that was deleted", async () => {
  const [first = "", last = first] = [days()[0], days().at(-1)];
  const versions = await ask("order_versions", first, last, 42);
  expect(versions.map(({ order_total_usd, item }) => [order_total_usd, item]).slice(1)).toEqual([
    ["150.00", expect.any(String)],
    ["149.50", expect.any(String)],
    ["99.99", expect.any(String)],
    ["0.00", expect.any(String)],
    ["0.00", "Wooden spoon, refunded"],
  ]);
  const of42 = enriched.filter(({ row }) => row.ORDER_ID === 42);
  expect(versions.map(({ __record_ts, __topic_offset }) => [__record_ts, __topic_offset])).toEqual(
    of42.map(({ at, offset }) => [at.replace("T", " ").replace("Z", ""), offset]),
  );
  const deleted = await ask("order_versions", first, last, 77);
  expect(deleted.map(({ __deleted }) => __deleted)).toEqual(["false", "true"]);
});

test("who the customers were at the end of a day", async () => {
  const columns = "id, first_name, last_name, email, company, city, country";
  const source = sourceSays("mysql", `SELECT ${columns} FROM customers ORDER BY id`);
  expect(asText(await ask("customers_on_day", dayOf(Date.now())))).toEqual(source);
  expect(await ask("customers_on_day", "2026-11-01")).toEqual([]);
});

test("how far behind the lake is", async () => {
  const newest =
    enriched
      .map(({ at }) => at)
      .toSorted()
      .at(-1) ?? "";
  expect(await ask("freshness")).toEqual([
    { newest: newest.replace("T", " ").replace("Z", ""), records: enriched.length },
  ]);
});

test("how many files the hours of a day have, and how many rows are in one", async () => {
  const rows = (await Promise.all(days().map((day) => ask("files_of_day", day)))).flat();
  expect(rows.reduce((sum, { records }) => sum + Number(records), 0)).toBe(enriched.length);
  // A file for each of the topic's partitions that has rows in the hour.
  const expected = new Set(enriched.map(({ at, partition }) => `${at.slice(0, 13)} ${partition}`)).size;
  expect(rows.reduce((sum, { files }) => sum + Number(files), 0)).toBe(expected);
  for (const { files, records, records_a_file } of rows) {
    expect(records_a_file).toBe(Math.floor(Number(records) / Number(files)));
  }
});

test("what the sink wrote twice is told, and counts once", async () => {
  expect(await ask("written_twice")).toEqual([]);
  const before = await lake.rows("SELECT * FROM orders_enriched ORDER BY order_id");
  const results = await Reader.open(lab, plane.broker, plane.registry, [dataset?.topic ?? ""], "again");
  const rows = await results.until(dataset?.topic ?? "", () => true, 60, enriched.length);
  // A task that starts again goes on after the last file that it knows of.
  const again = rows
    .filter(({ partition }) => partition === 0)
    .toSorted((a, b) => a.offset - b.offset)
    .slice(-3);
  await land(again);
  const twice = again.map(({ partition, offset, timestamp }) => ({
    dt: dayOf(timestamp),
    __topic_partition: partition,
    __topic_offset: offset,
    times: 2,
  }));
  expect(await ask("written_twice")).toEqual(twice);
  expect(await lake.rows("SELECT * FROM orders_enriched ORDER BY order_id")).toEqual(before);
});

test("every file has been asked", () => {
  expect([...asked].sort()).toEqual(
    readdirSync(folder)
      .filter((file) => file.endsWith(".sql"))
      .sort(),
  );
});
