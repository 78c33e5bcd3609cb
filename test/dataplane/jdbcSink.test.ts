import type { ConnectorStatus } from "../../dataplane/engines/connect.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { Reader } from "../../dataplane/engines/reader.ts";
import { date, decimal, int32, text, timestamp } from "../../model/columnTypes.ts";
import { declaredGraph } from "../../model/graph.ts";
import { jdbcTables } from "../../model/jdbc/table.ts";
import type { PipelineDeclaration, TableDeclaration } from "../../model/pipeline.ts";
import { Proxy } from "./faults/proxy.ts";
import { JdbcTarget } from "./jdbc/target.ts";
import { Plane } from "./plane.ts";
import { casesOf, declaredType, type Kind, type TypeCase } from "./typeValues.ts";

/**
 * Rows of real databases through real topics into tables of real databases: the image's connector with the rendered
 * configuration, the tables as the rendered script makes them.
 */
const lab = new Lab("jdbc");
let plane: Plane;
let registry: Proxy;
let postgres: JdbcTarget;
let mariaDb: JdbcTarget;
const targets = () => [postgres, mariaDb] as const;

const samples = (kind: Kind): TypeCase[] =>
  // What MariaDB has no type for is refused beforehand.
  casesOf(kind).filter(({ name }) => kind === "mariaDb" || !["widest", "endless"].includes(name));

function samplesTable(kind: Kind): TableDeclaration {
  const columns = samples(kind).map(({ name, type, required = false }) => [name, { type, required }] as const);
  const name = `SAMPLES_${kind.toUpperCase()}`;
  return { kind: "facts", name, key: "id", columns: { id: int32, ...Object.fromEntries(columns) } };
}

const declaration: PipelineDeclaration = {
  sources: {
    maria: {
      kind: "mariaDb",
      database: "shop",
      tables: {
        orders: {
          kind: "facts",
          key: "order_id",
          columns: {
            order_id: int32,
            customer_id: int32,
            order_ts: timestamp(3),
            shipped: date,
            order_total_usd: decimal(5, 2),
            item: text(50),
          },
        },
        customers: { kind: "entity", key: "id", columns: { id: int32, name: text(50) } },
        // Words that both databases reserve, capital letters, and a key of text.
        user: {
          kind: "entity",
          name: "USER",
          key: "order",
          columns: { order: text(50), select: text(50), Group: text(20), limit: int32 },
        },
        samples: samplesTable("mariaDb"),
      },
    },
    pg: {
      kind: "postgres",
      database: "shop",
      tables: {
        "public.prices": {
          kind: "entity",
          key: ["item", "country"],
          columns: { item: text(50), country: { type: text(2), as: "land" }, price: decimal(10, 3) },
        },
        "public.samples": samplesTable("postgres"),
      },
    },
  },
  transformations: {},
  targets: { to_pg: { kind: "jdbc" }, to_maria: { kind: "jdbc" } },
  consumers: {},
};
const tables = jdbcTables(declaredGraph(declaration), { reads: "all" });

const ddl = (kind: Kind) =>
  `create table samples (id int primary key, ${samples(kind)
    .map((column) => `${column.name} ${declaredType(kind, column)}`)
    .join(", ")});`;

beforeAll(async () => {
  // A zone with summer time, for all that is started: no value may depend on it.
  process.env.TZ = "Europe/Berlin";
  plane = await Plane.start(lab, {
    declaration,
    tables: {
      maria: `
        create table orders (order_id int primary key, customer_id int, order_ts datetime(3), shipped date,
          order_total_usd decimal(5,2), item varchar(50));
        create table customers (id int primary key, name varchar(50));
        create table \`user\` (\`order\` varchar(50) collate utf8mb4_nopad_bin primary key, \`select\` varchar(50),
          \`Group\` varchar(20), \`limit\` int);
        ${ddl("mariaDb")}`,
      pg: `
        create table prices (item varchar(50), country varchar(2), price numeric(10,3), primary key (item, country));
        ${ddl("postgres")}`,
    },
    registryUrl: async (real) => {
      const { proxy, url } = await Proxy.before(lab, real);
      registry = proxy;
      return url;
    },
    settings: { pg: { timezone: "Europe/Berlin" }, maria: { "default-time-zone": "+02:00" } },
  });
  plane.pg.sql("create database to_pg");
  postgres = new JdbcTarget(plane, { name: "to_pg", system: "postgres", tables });
  mariaDb = new JdbcTarget(plane, { name: "to_maria", system: "mariaDb", tables });
  targets().forEach((target) => target.setUp());
  await plane.run("maria", "pg");
  for (const target of targets()) {
    await target.run();
  }
});

afterAll(() => lab.stop());

const sql = (server: "maria" | "pg", script: string) =>
  plane[server].sql((server === "maria" ? "set names utf8mb4;" : "") + script, { database: "shop" });

/** Waits until a query finds these rows in a target, and shows what is different if it never does. */
async function until(target: JdbcTarget, query: string, wanted: readonly string[], seconds = 60): Promise<void> {
  let seen: string[] = [];
  await lab
    .eventually(`${target.name} has ${String(wanted.length)} rows`, seconds, () => {
      seen = target.rows(query).map((row) => row.join(" "));
      return Promise.resolve(seen.join("\n") === wanted.join("\n") ? true : undefined);
    })
    .catch((error: unknown) => {
      expect(seen).toEqual(wanted);
      throw error;
    });
}

/** A character of four bytes, for clients that show another in its place. */
const grin = (target: JdbcTarget) => (target === postgres ? "chr(128512)" : "convert(x'f09f9880' using utf8mb4)");

const pathOf = (target: JdbcTarget, table: string) => (target === postgres ? `pipeline."${table}"` : `\`${table}\``);

async function statusOf(target: JdbcTarget): Promise<ConnectorStatus> {
  return (await plane.worker.request<ConnectorStatus>("GET", `/connectors/${target.connector}/status`)).body;
}

describe("the administrator's script", () => {
  test("finds nothing wrong, and changes nothing the second time", () => {
    const checks = targets().map((target) =>
      target
        .setUp()
        .split("\n")
        .map((line) => line.split("\t")),
    );
    const names = ["customers", "orders", "prices", "samples_mariadb", "samples_postgres", "user"];
    expect(checks.map((lines) => lines.map(([check]) => check).sort())).toEqual([
      ["role", ...names.map((name) => `"pipeline"."${name}"`)].sort(),
      ["user", ...names].sort(),
    ]);
    expect(new Set(checks.flat().map(([, result]) => result))).toEqual(new Set(["OK"]));
  });

  test("gives the writer rows, and nothing else", () => {
    const rights = postgres.rows(
      "select distinct privilege_type from information_schema.table_privileges where grantee = 'writer' order by 1",
    );
    expect(rights.flat()).toEqual(["DELETE", "INSERT", "SELECT", "UPDATE"]);
    expect(postgres.rows("select has_schema_privilege('writer', 'pipeline', 'CREATE')")).toEqual([["f"]]);
    expect(mariaDb.rows("show grants for writer").flat().slice(1).sort()).toEqual(
      tables
        .map(({ name }) => `GRANT SELECT, INSERT, UPDATE, DELETE ON \`to_maria\`.\`${name}\` TO \`writer\`@\`%\``)
        .sort(),
    );
  });

  test("adds a column that was declared later", () => {
    const wider = tables.map((table) =>
      table.name === "customers"
        ? { ...table, columns: [...table.columns, { name: "city", field: "city", type: text(20) }] }
        : table,
    );
    for (const target of targets()) {
      target.setUp(wider);
      const found = target.rows(
        "select column_name from information_schema.columns where table_name = 'customers' and table_schema in ('pipeline', 'to_maria') order by ordinal_position",
      );
      expect(found.flat()).toEqual(["id", "name", "city"]);
    }
  });

  test("says so when a table is there with another key", () => {
    postgres.rows("create table pipeline.strange (a int primary key, order_id int)");
    const [orders] = tables.filter(({ name }) => name === "orders");
    const strange = orders === undefined ? [] : [{ ...orders, name: "strange" }];
    expect(postgres.setUp(strange).split("\n").at(-1)).toBe(
      '"pipeline"."strange"\tits primary key is not "order_id": rows would not find their place',
    );
  });
});

describe("rows", () => {
  test("of facts: each order once, as it is, and gone when it is deleted", async () => {
    sql(
      "maria",
      `insert into orders values (1, 10, '2026-01-31 23:59:59.999', '2026-02-28', 12.50, 'Ångström 😀'),
         (2, null, null, null, null, null), (3, 10, '2026-03-29 02:30:00.123', '0001-01-01', -999.99, 'it''s "so"');
       update orders set order_total_usd = 13.00 where order_id = 1;
       delete from orders where order_id = 3;`,
    );
    for (const target of targets()) {
      const path = pathOf(target, "orders");
      await until(
        target,
        `select order_id, left(item, 8), case when item is null then 'NULL' when item = concat(left(item, 9), ${grin(target)}) then '1' end from ${path} where order_id < 100 order by order_id`,
        ["1 Ångström 1", target === postgres ? "2  NULL" : "2 NULL NULL"],
      );
      expect(target.rows(`select order_ts, shipped, order_total_usd from ${path} where order_id = 1`)).toEqual([
        ["2026-01-31 23:59:59.999", "2026-02-28", "13.00"],
      ]);
    }
  });

  test("of an entity: deleted and inserted again, it is there", async () => {
    sql(
      "maria",
      `insert into customers values (10, 'Ada'), (11, 'Bob'), (12, 'Eve');
       delete from customers where id in (11, 12); insert into customers values (11, 'Bob again');`,
    );
    for (const target of targets()) {
      await until(target, `select id, name from ${pathOf(target, "customers")} order by id`, [
        "10 Ada",
        "11 Bob again",
      ]);
    }
  });

  test("whose names are reserved words, and whose keys differ by a capital letter or a space at the end", async () => {
    sql("maria", "insert into `user` values ('tea', 'a', 'b', 1), ('Tea', 'c', 'd', 2), ('tea ', 'e', 'f', 3);");
    for (const target of targets()) {
      const quote = (name: string) => (target === postgres ? `"${name}"` : `\`${name}\``);
      const columns = ["select", "group", "limit"].map(quote).join(", ");
      await until(target, `select ${columns} from ${pathOf(target, "user")} order by ${quote("limit")}`, [
        "a b 1",
        "c d 2",
        "e f 3",
      ]);
    }
  });

  test("whose key has two columns, one under another name", async () => {
    sql(
      "pg",
      `insert into prices values ('tea', 'de', 1.25), ('tea', 'fr', 2), ('milk', 'de', 3);
       update prices set price = 1.5 where country = 'de' and item = 'tea'; delete from prices where country = 'fr';`,
    );
    for (const target of targets()) {
      await until(target, `select item, land, price from ${pathOf(target, "prices")} order by item`, [
        "milk de 3.000",
        "tea de 1.500",
      ]);
    }
  });
});

describe("types", () => {
  const rowCount = (kind: Kind) => 1 + Math.max(...samples(kind).map((column) => column.samples.length));
  const valueOf = ({ samples: values, required = false }: TypeCase, row: number) =>
    row === 0 && !required ? "NULL" : (values[row - 1] ?? values[0])?.[0];

  function insert(kind: Kind, skipped: readonly string[]): string {
    return Array.from({ length: rowCount(kind) }, (_, row) => {
      const values = samples(kind).map((column) => (skipped.includes(column.name) ? "NULL" : valueOf(column, row)));
      return `insert into samples values (${String(row)}, ${values.join(", ")});`;
    }).join("\n");
  }

  /** As text that both databases and their clients write alike. */
  const shown: Readonly<Record<string, string>> = {
    is_it: "case when is_it then 1 else 0 end",
    raw: "md5(raw)",
    words: "md5(words)",
    long_words: "md5(long_words)",
    longest_words: "md5(longest_words)",
    uid: "cast(uid as char(36))",
  };

  test.each([
    // U+0000 is text in MariaDB, and none in Postgres; NaN and infinity are numbers in Postgres, and none in MariaDB.
    ["mariaDb", "maria", ["zero"]],
    ["postgres", "pg", ["ratio"]],
  ] as const)("every value of %s arrives", async (kind, server, skipped) => {
    sql(server, insert(kind, skipped));
    const columns = samples(kind)
      .map(({ name }) => name)
      .filter((name) => !skipped.some((one) => one === name) && name !== "ratio");
    const query = (path: string) =>
      `select id, ${columns.map((name) => shown[name] ?? name).join(", ")} from ${path} order by id`;
    const source = sql(server, query("samples"));
    for (const target of targets()) {
      const path = pathOf(target, `samples_${kind.toLowerCase()}`);
      await until(target, `select count(*) from ${path}`, [String(rowCount(kind))]);
      const arrived = target
        .rows(query(path))
        .map((row) => row.join("\t"))
        .join("\n");
      expect({ [target.name]: alike(arrived) }).toEqual({ [target.name]: alike(source) });
    }
  });

  /** What each client writes for NULL, and for zeros that a type adds. */
  function alike(printed: string): string[] {
    return printed.split("\n").map((line) =>
      line
        .split("\t")
        .map((value) => (value === "NULL" ? "" : value.replace(/(:\d\d)\.(\d*?)0+$/, "$1.$2").replace(/\.$/, "")))
        .join("|"),
    );
  }
});

describe("what does not fit", () => {
  test("goes to the dead-letter topic with its cause, and what comes after it goes on", async () => {
    const letters = await Reader.open(lab, plane.broker, plane.registry, ["dlq.to_pg"]);
    // Postgres has no U+0000 in text; the administrator's own rule refuses another row.
    postgres.rows("alter table pipeline.customers add check (name <> 'nobody')");
    sql(
      "maria",
      `insert into customers values (20, 'before'), (21, concat('a', char(0), 'b')), (22, 'nobody'), (23, 'after');
       update customers set name = 'still here' where id = 20;`,
    );
    await until(postgres, "select id, name from pipeline.customers where id between 20 and 29 order by id", [
      "20 still here",
      "23 after",
    ]);
    const dead = await letters.until("dlq.to_pg", () => true, 60, 2);
    expect(dead.map(({ key }) => key).sort()).toEqual([21, 22]);
    expect(dead.every(({ headers }) => headers.includes("__connect.errors.exception.message"))).toBe(true);
    expect((await statusOf(postgres)).tasks.map(({ state }) => state)).toEqual(["RUNNING", "RUNNING"]);
    // The other target takes both.
    await until(mariaDb, "select id, length(name) from customers where id between 20 and 29 order by id", [
      "20 10",
      "21 3",
      "22 6",
      "23 5",
    ]);
  });

  test("a table that is gone stops the target, loses nothing, and leaves the other alone", async () => {
    postgres.rows("alter table pipeline.prices rename to prices_away");
    sql("pg", "insert into prices values ('salt', 'de', 9)");
    await lab.eventually("it has failed", 60, async () =>
      (await statusOf(postgres)).tasks.some(({ state }) => state === "FAILED") ? true : undefined,
    );
    await until(mariaDb, "select price from prices where item = 'salt'", ["9.000"]);
    postgres.rows("alter table pipeline.prices_away rename to prices");
    await plane.worker.request("POST", `/connectors/${postgres.connector}/restart?includeTasks=true&onlyFailed=true`);
    await until(postgres, "select price from pipeline.prices where item = 'salt'", ["9.000"]);
    const letters = await Reader.open(lab, plane.broker, plane.registry, ["dlq.to_pg"], "again");
    expect((await letters.until("dlq.to_pg", () => true, 30, 2)).length).toBe(2);
  });
});

test("a registry that is away for a while makes no row a dead letter", async () => {
  sql("maria", "insert into customers values (30, 'early')");
  await until(postgres, "select name from pipeline.customers where id = 30", ["early"], 120);
  await registry.close();
  // A task that runs knows its schemas: only one that starts has to ask. The source's goes on.
  await plane.worker.request("POST", `/connectors/${postgres.connector}/restart?includeTasks=true`);
  sql("maria", "insert into customers values (31, 'late')");
  await lab.eventually("a task has failed", 60, async () =>
    (await statusOf(postgres)).tasks.some(({ state }) => state === "FAILED") ? true : undefined,
  );
  await registry.open();
  for (const { connector } of targets()) {
    await plane.worker.request("POST", `/connectors/${connector}/restart?includeTasks=true&onlyFailed=true`);
  }
  await until(postgres, "select name from pipeline.customers where id = 31", ["late"], 120);
  await until(mariaDb, "select name from customers where id = 31", ["late"], 120);
});

test("what is no Avro, and what has a schema that the registry lacks, are dead letters, and the rest goes on", async () => {
  const letters = async () => {
    const admin = plane.broker.client.admin();
    await admin.connect();
    const offsets = await admin.fetchTopicOffsets("dlq.to_maria");
    await admin.disconnect();
    return offsets.reduce((sum, { offset }) => sum + Number(offset), 0);
  };
  const before = await letters();
  const unknown = Buffer.from([0, 0, 127, 255, 255, 2]);
  const producer = plane.broker.client.producer({ retry: { retries: 8 } });
  await producer.connect();
  await producer.send({
    topic: "maria.orders",
    messages: [Buffer.from("not a row"), Buffer.from([0, 0]), unknown].map((value) => ({ key: null, value })),
  });
  await producer.disconnect();
  sql("maria", "insert into orders (order_id, item) values (900, 'after')");
  await until(mariaDb, "select item from orders where order_id = 900", ["after"], 120);
  await lab.eventually("they are dead letters", 60, async () => ((await letters()) === before + 3 ? true : undefined));
  expect((await statusOf(mariaDb)).tasks.map(({ state }) => state)).toEqual(["RUNNING", "RUNNING"]);
});

describe("the same rows", () => {
  const query = (path: string) =>
    `select order_id, customer_id, item from ${path} where order_id >= 1000 order by order_id`;
  const state = (target: JdbcTarget) => target.rows(query(pathOf(target, "orders"))).map((row) => row.join(" "));
  const source = () =>
    sql("maria", query("orders"))
      .split("\n")
      .map((row) => row.replaceAll("\t", " "));

  test("are there after a worker was killed while they came, by several tasks", async () => {
    const values = Array.from(
      { length: 3000 },
      (_, index) => `(${String(1000 + index)}, ${String(index)}, null, null, 1, 'x')`,
    );
    sql("maria", `insert into orders values ${values.join(", ")}`);
    await lab.eventually("some are there", 60, () => Promise.resolve(state(postgres).length > 20 ? true : undefined));
    sql("maria", "update orders set item = 'y' where order_id % 3 = 0; delete from orders where order_id % 7 = 0;");
    await plane.worker.process.kill();
    await plane.worker.process.start();
    for (const target of targets()) {
      await plane.worker.untilRunning(target.connector, 120);
      await until(target, query(pathOf(target, "orders")), source(), 120);
      expect((await statusOf(target)).tasks.length).toBe(2);
    }
  });

  test("are there after everything was delivered again", async () => {
    const before = state(postgres);
    await plane.worker.forget(postgres.connector);
    // What is wrong is put right, what is missing comes, and what is gone stays gone.
    postgres.rows(
      "update pipeline.orders set item = 'wrong' where order_id = 1003; delete from pipeline.orders where order_id = 1004",
    );
    await plane.worker.request("PUT", `/connectors/${postgres.connector}/resume`);
    await until(postgres, query("pipeline.orders"), before, 120);
  });

  test("two connections a task are all that it opens", () => {
    const open = postgres.rows("select count(*) from pg_stat_activity where application_name = 'sink-to_pg'");
    expect(Number(open[0]?.[0])).toBeLessThanOrEqual(4);
  });
});
