import { Lab } from "../../dataplane/engines/processes.ts";
import { Reader, type Row, type Value } from "../../dataplane/engines/reader.ts";
import { reconcile } from "../../image/connect/reconcile/reconcile.ts";
import { int32, int64, text } from "../../model/columnTypes.ts";
import type { PipelineDeclaration, TableDeclaration } from "../../model/pipeline.ts";
import { Plane } from "./plane.ts";

const lab = new Lab("changes");
let plane: Plane;
let reader: Reader;

const servers = ["maria", "pg"] as const;

/** `isLater`: after the pipeline has grown by a table and a column. */
function declared(isLater: boolean): PipelineDeclaration {
  const columns = { id: int32, amount: int64, words: text(300_000) };
  const tables = (suffix: string, prefix: string): Record<string, TableDeclaration> => ({
    [`${prefix}orders`]: {
      kind: "facts",
      name: `ORDERS_${suffix}`,
      key: "id",
      columns: isLater ? { ...columns, note: text(50) } : columns,
    },
    [`${prefix}customers`]: { kind: "entity", name: `CUSTOMERS_${suffix}`, key: "id", columns },
    ...(isLater ? { [`${prefix}products`]: { kind: "entity", name: `PRODUCTS_${suffix}`, key: "id", columns } } : {}),
  });
  return {
    sources: {
      maria: { kind: "mariaDb", database: "shop", tables: tables("MARIA", "") },
      pg: { kind: "postgres", database: "shop", tables: tables("PG", "public.") },
    },
    transformations: {},
    targets: {},
    consumers: {},
  };
}

const tableOf = { maria: (name: string) => `shop.${name}`, pg: (name: string) => `public.${name}` };
const topicOf = { maria: (name: string) => `maria.${name}`, pg: (name: string) => `pg.public.${name}` };
const numbersTo = {
  maria: (last: number) => `(select seq as n from seq_1_to_${last}) as numbers`,
  pg: (last: number) => `generate_series(1, ${last}) as numbers(n)`,
};

function made(...names: readonly string[]): string {
  return names.map((name) => `create table ${name} (id int primary key, amount bigint, words text);`).join("\n");
}

beforeAll(async () => {
  const tables = made("orders", "customers");
  plane = await Plane.start(lab, {
    declaration: declared(false),
    tables: { maria: tables.replaceAll(" text", " mediumtext"), pg: tables },
  });
  reader = await Reader.open(lab, plane.broker, plane.registry, [
    ...servers.flatMap((name) => [topicOf[name]("orders"), topicOf[name]("customers")]),
  ]);
  await plane.run(...servers);
});

afterAll(() => lab.stop());

type Fields = Readonly<Record<string, Value>>;
const fields = (row: Row | undefined): Fields => (row?.value ?? {}) as Fields;
const has = (wanted: Fields) => (row: Row) =>
  Object.entries(wanted).every(([name, value]) => fields(row)[name] === value);

/** What happened to a key, in the order of the topic. */
function story(rows: readonly Row[], key: Value): unknown[] {
  return rows
    .filter((row) => row.key === key)
    .map((row) => (row.value === null ? "tombstone" : [fields(row).__op, fields(row).__deleted, fields(row).amount]));
}

describe.each(servers)("%s", (name) => {
  const sql = (script: string) => plane[name].sql(script, { database: "shop" });
  const orders = topicOf[name]("orders");
  const customers = topicOf[name]("customers");

  test("a key that is changed is gone under its old value and there under its new one", async () => {
    sql("insert into orders values (1, 10, null); update orders set id = 2, amount = 11 where id = 1");
    sql("insert into customers values (1, 10, null); update customers set id = 2, amount = 11 where id = 1");
    const orderRows = await reader.until(orders, has({ id: 2 }));
    const customerRows = await reader.until(customers, has({ id: 2 }));

    expect(story(orderRows, 1)).toEqual([
      ["c", "false", 10],
      ["d", "true", 10],
    ]);
    expect(story(orderRows, 2)).toEqual([["c", "false", 11]]);
    expect(story(customerRows, 1)).toEqual([["c", "false", 10], ["d", "true", 10], "tombstone"]);
    expect(story(customerRows, 2)).toEqual([["c", "false", 11]]);
  });

  test("of a key, every change arrives, in its order and in one partition", async () => {
    const keys = Array.from({ length: 20 }, (_, index) => 100 + index);
    sql(keys.map((key) => `insert into orders values (${key}, 0, null);`).join(""));
    const rounds = Array.from({ length: 50 }, (_, index) => index + 1);
    sql(rounds.map((round) => `update orders set amount = ${round} where id between 100 and 119;`).join(""));
    const rows = await reader.until(orders, has({ amount: 50 }), 60, keys.length);

    for (const key of keys) {
      const own = rows.filter((row) => row.key === key);
      expect(own.map((row) => fields(row).amount)).toEqual([0, ...rounds]);
      expect(new Set(own.map(({ partition }) => partition)).size).toBe(1);
    }
    // Which partition is decided by the key: both are used.
    expect(new Set(rows.map(({ partition }) => partition))).toEqual(new Set([0, 1]));
  });

  test("two updates in one millisecond stay two, and their positions tell which was first", async () => {
    sql(
      "begin; insert into orders values (200, 1, null); update orders set amount = 2 where id = 200; update orders set amount = 3 where id = 200; commit",
    );
    const rows = (await reader.until(orders, has({ id: 200, amount: 3 }))).filter(({ key }) => key === 200);

    expect(story(rows, 200)).toEqual([
      ["c", "false", 1],
      ["u", "false", 2],
      ["u", "false", 3],
    ]);
    const position = rows.map((row) => Number(fields(row)[name === "maria" ? "__source_pos" : "__source_lsn"]));
    expect(position).toEqual([...new Set(position)].toSorted((a, b) => a - b));
    expect(new Set(rows.map((row) => fields(row).__source_ts_ms)).size).toBe(1);
  });

  test("a transaction of 10,000 rows arrives whole, each row once; one that is rolled back does not", async () => {
    const insert = (from: number) => `insert into orders select ${from} + n, n, null from ${numbersTo[name](10_000)};`;
    sql(`begin; ${insert(20_000)} rollback;`);
    sql(`begin; ${insert(10_000)} commit;`);
    sql("insert into orders values (300, 300, null)");
    const isOfIt = (row: Row) => Number(row.key) > 10_000;
    const rows = (await reader.until(orders, isOfIt, 120, 10_000)).filter(isOfIt);
    await reader.until(orders, has({ id: 300 }));

    expect(reader.of(orders).filter(isOfIt)).toHaveLength(10_000);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(10_000);
    expect(rows.every((row) => Number(fields(row).amount) === Number(row.key) - 10_000)).toBe(true);
  });

  test("a large value that an update leaves alone arrives with the row, and so does a deleted one", async () => {
    // Random, so that nothing compresses it away into the row.
    const words = Array.from({ length: 6_000 }, (_, index) => ((index * 7919) % 9973).toString(36)).join("-");
    sql(`insert into orders values (400, 1, '${words}')`);
    sql("update orders set amount = 2 where id = 400");
    sql("delete from orders where id = 400");
    const rows = await reader.until(orders, has({ id: 400, __deleted: "true" }));

    expect(rows.filter(({ key }) => key === 400).map((row) => fields(row).words === words)).toEqual([true, true, true]);
  });
});

describe.each(servers)("%s, when the pipeline grows", (name) => {
  const sql = (script: string) => plane[name].sql(script, { database: "shop" });
  const orders = topicOf[name]("orders");
  const products = topicOf[name]("products");

  /** What docs/operations.md has the administrator run. */
  const readAgain = (table: string) =>
    sql(
      `insert into debezium_signal values ('${table}-1', 'execute-snapshot', '{"type": "incremental", "data-collections": ["${tableOf[name](table)}"]}')`,
    );

  test("columns and tables that nobody declared stay in the database", async () => {
    sql(made("products").replaceAll(" text", name === "maria" ? " mediumtext" : " text"));
    sql(`insert into products select n, n, 'old' from ${numbersTo[name](1_500)}`);
    sql("alter table orders add column note varchar(50); insert into orders values (500, 1, null, 'unseen')");
    const rows = await reader.until(orders, has({ id: 500 }));

    expect(Object.keys(fields(rows.find(has({ id: 500 }))))).not.toContain("note");
  });

  test("declared, scripted and put, they arrive with the next change; nothing is lost meanwhile", async () => {
    await plane.redeclare(declared(true));
    sql("insert into orders values (501, 1, null, 'before the script')");
    plane.runScript(name);
    const report = await reconcile(
      {
        owner: "pipeline-test",
        connectors: { [name]: { config: plane.connector(name) } },
        undeclared: "keep",
        forget: false,
      },
      { url: plane.worker.url, stableMs: 1_000, deadlineMs: 90_000, adopt: true },
    );
    expect(report.ok).toBe(true);
    sql("insert into orders values (502, 1, null, 'seen')");
    sql("insert into products values (2000, 1, 'new')");
    const grown = await Reader.open(lab, plane.broker, plane.registry, [products]);
    const rows = await reader.until(orders, has({ id: 502 }));

    expect(fields(rows.find(has({ id: 502 }))).note).toBe("seen");
    // Postgres tells its last transaction once more when the connector starts again.
    const before = rows.filter(({ key }) => key === 501);
    expect(before.length).toBeGreaterThanOrEqual(1);
    expect(before.length).toBeLessThanOrEqual(name === "pg" ? 2 : 1);
    expect((await grown.until(products, has({ id: 2000 }))).map(({ key }) => key)).toEqual([2000]);
  });

  test("a table that is read at the administrator's word ends as it is, whatever changes meanwhile", async () => {
    const grown = await Reader.open(lab, plane.broker, plane.registry, [products], `${products}-read-again`);
    readAgain("products");
    sql("update products set words = 'changed' where id <= 10; delete from products where id = 11");
    const ids = Array.from({ length: 1_500 }, (_, index) => index + 1);
    const last = await lab.eventually("every product is there, and one is gone", 60, () => {
      const rows = grown.of(products);
      const states = new Map(rows.map((row) => [row.key, row.value === null ? "gone" : fields(row).words]));
      return Promise.resolve(states.get(11) === "gone" && ids.every((id) => states.has(id)) ? states : undefined);
    });

    const expected = (id: number) => (id === 11 ? "gone" : id <= 10 ? "changed" : "old");
    expect(ids.filter((id) => last.get(id) !== expected(id))).toEqual([]);
    expect(grown.of(products).every(({ keySchema }) => keySchema === "int")).toBe(true);
  });

  test("a table that is read again brings the new column of rows that have not changed since", async () => {
    readAgain("orders");
    const rows = await reader.until(orders, has({ id: 500, __op: "r" }));

    expect(fields(rows.findLast(({ key }) => key === 500)).note).toBe("unseen");
  });
});
