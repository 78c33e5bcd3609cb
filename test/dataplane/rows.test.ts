import { Lab } from "../../dataplane/engines/processes.ts";
import { Reader, type Row, type Value } from "../../dataplane/engines/reader.ts";
import { sourceNamed, startShop, type Shop } from "./shop.ts";

const lab = new Lab("rows");
let shop: Shop;
let reader: Reader;

beforeAll(async () => {
  shop = await startShop(lab);
  shop.maria.sql(
    `insert into orders values (1, 10, '2026-01-31 23:59:59.999', '2026-02-28', 12.50, 'Ångström'), (2, null, null, null, null, null);
     insert into customers values (10, 'Ada', 3, x'00ff');`,
    { database: "shop" },
  );
  shop.pg.sql(
    `insert into orders values (1, 10, '2026-01-31 23:59:59.999', '2026-02-28', 12.50, 'Ångström'), (2, null, null, null, null, null);
     insert into customers values (10, 'Ada', 3, '\\x00ff');
     insert into prices values ('tea', 'de', 1.250, '6f1e1f4a-0000-4000-8000-000000000001');`,
    { database: "shop" },
  );
  const topics = ["maria", "pg"].flatMap((name) => [
    ...sourceNamed(name).tables.map(({ topic }) => topic),
    `_heartbeat.${name}`,
  ]);
  reader = await Reader.open(lab, shop.broker, shop.registry, topics);
  for (const name of ["maria", "pg"]) {
    await shop.worker.put(name, shop.connector(name));
    await shop.worker.untilRunning(name);
  }
});

afterAll(() => lab.stop());

const has = (fields: Record<string, Value>) => (row: Row) => {
  const { value } = row;
  return (
    typeof value === "object" &&
    value !== null &&
    Object.entries(fields).every(([name, wanted]) => value[name] === wanted)
  );
};
const byKey = (rows: readonly Row[], key: Value) => rows.filter((row) => row.key === key);
const columns = (row: Row | undefined) =>
  Object.fromEntries(Object.entries(row?.value ?? {}).filter(([name]) => !name.startsWith("__")));
const meta = (row: Row | undefined, name: string) => (row?.value as Record<string, Value> | undefined)?.[name];

describe.each([
  ["maria", "maria.orders", "maria.customers", ["__source_file", "__source_pos"]],
  ["pg", "pg.public.orders", "pg.public.customers", ["__source_lsn"]],
] as const)("%s", (name, orders, customers, position) => {
  const sql = (script: string) => shop[name].sql(script, { database: "shop" });

  test("what is in the tables comes first, under the declared names, with every value exact", async () => {
    const rows = await reader.until(orders, has({ order_id: 2 }));

    expect(columns(byKey(rows, 1)[0])).toEqual({
      order_id: 1,
      customer_id: 10,
      order_ts: "2026-01-31T23:59:59.999Z",
      shipped: "2026-02-28",
      order_total_usd: "12.50",
      item: "Ångström",
    });
    expect(columns(byKey(rows, 2)[0])).toEqual({
      order_id: 2,
      customer_id: null,
      order_ts: null,
      shipped: null,
      order_total_usd: null,
      item: null,
    });
    const [ada] = await reader.until(customers, has({ id: 10 }));
    expect(columns(ada)).toEqual({ id: 10, full_name: "Ada", visits: 3, photo: "00ff" });
    expect(meta(ada, "__op")).toBe("r");
    expect(meta(ada, "__deleted")).toBe("false");
    expect(ada?.headers).toEqual([]);
  });

  test("keys are bare values, and their schema says nothing of the column", async () => {
    const [order] = await reader.until(orders, has({ order_id: 1 }));
    const [customer] = await reader.until(customers, has({ id: 10 }));

    expect([order?.keySchema, customer?.keySchema]).toEqual(["int", "long"]);
  });

  test("changes follow in their order, each with what it was and its place in the log", async () => {
    sql("insert into orders values (3, 10, '2026-03-01 00:00:00', '2026-03-01', -0.05, 'tea')");
    sql("update orders set order_total_usd = 999.99 where order_id = 3");
    const rows = byKey(await reader.until(orders, has({ order_id: 3, order_total_usd: "999.99" })), 3);

    expect(rows.map((row) => [meta(row, "__op"), meta(row, "order_total_usd")])).toEqual([
      ["c", "-0.05"],
      ["u", "999.99"],
    ]);
    for (const field of [...position, "__source_ts_ms"]) {
      expect(meta(rows[0], field)).not.toBeNull();
      expect(meta(rows[0], field)).toBeDefined();
    }
  });

  test("a delete is a row with __deleted; of an entity a tombstone follows, of facts none does", async () => {
    sql("delete from orders where order_id = 1");
    sql("insert into orders values (5, 10, null, null, null, 'the order after')");
    sql("delete from customers where id = 10");
    sql("insert into customers values (11, 'the customer after', 0, null)");
    const orderRows = byKey(await reader.until(orders, has({ order_id: 5 })), 1);
    await reader.until(customers, has({ id: 11 }));
    const customerRows = byKey(await reader.until(customers, (row) => row.value === null), 10);

    expect(orderRows.map((row) => [meta(row, "__op"), meta(row, "__deleted")])).toEqual([
      ["r", "false"],
      ["d", "true"],
    ]);
    // The whole row as it was, so that a delete can be counted out again.
    expect(columns(orderRows[1])).toMatchObject({ order_total_usd: "12.50", item: "Ångström" });
    expect(customerRows.map((row) => (row.value === null ? "tombstone" : meta(row, "__deleted")))).toEqual([
      "false",
      "true",
      "tombstone",
    ]);
  });

  test("heartbeats arrive, and the task survives them", async () => {
    await reader.until(`_heartbeat.${name}`, () => true, 30);

    await shop.worker.untilRunning(name, 5);
  });

  test("nothing but declared tables leaves the database", async () => {
    sql("insert into secrets values (1)");
    sql("insert into debezium_signal values ('a', 'log', '{\"message\": \"seen\"}')");
    sql("insert into orders values (6, null, null, null, null, 'after both')");
    await reader.until(orders, has({ order_id: 6 }));

    await shop.worker.untilRunning(name, 5);
    expect((await shop.broker.topics()).filter((topic) => /secrets|signal/.test(topic))).toEqual([]);
  });
});

test("a key of two columns stays a record, with the names that topics use", async () => {
  const [tea] = await reader.until("pg.public.prices", has({ item: "tea" }));

  expect(tea?.key).toEqual({ item: "tea", land: "de" });
  expect(columns(tea)).toEqual({
    item: "tea",
    land: "de",
    price: "1.250",
    id: "6f1e1f4a-0000-4000-8000-000000000001",
  });
});

test("a worker that is killed goes on where it was, and loses nothing", async () => {
  await shop.worker.process.kill();
  shop.pg.sql("insert into orders values (7, 10, null, null, 7.00, 'while nobody looked')", { database: "shop" });
  await shop.worker.process.start();

  const rows = await reader.until("pg.public.orders", has({ order_id: 7 }), 90);
  expect(columns(byKey(rows, 7)[0])).toMatchObject({ order_total_usd: "7.00" });
});
