import { setTimeout as sleep } from "node:timers/promises";
import { Lab } from "../../dataplane/engines/processes.ts";
import { Reader } from "../../dataplane/engines/reader.ts";
import { int32 } from "../../model/columnTypes.ts";
import { Plane } from "./plane.ts";

/**
 * What a Postgres source must not step over when its task starts. With Debezium's `snapshot.mode=initial` each of these
 * tests fails, every time.
 */
const lab = new Lab("postgres-starts");
let plane: Plane;
let reader: Reader;

const topic = "pg.public.orders";
const sql = (script: string) => plane.pg.sql(script, { database: "shop" });

beforeAll(async () => {
  const columns = { id: int32, batch: int32 };
  plane = await Plane.start(lab, {
    declaration: {
      sources: {
        pg: {
          kind: "postgres",
          database: "shop",
          tables: { "public.orders": { kind: "facts", name: "ORDERS", key: "id", columns } },
        },
      },
      transformations: {},
      targets: {},
      consumers: {},
    },
    tables: { maria: "", pg: "create table orders (id serial primary key, batch int);" },
  });
  reader = await Reader.open(lab, plane.broker, plane.registry, [topic]);
  await plane.run("pg");
  await everythingCame(1);
});

afterAll(() => lab.stop());

/** Ids of the batch's rows that have come. */
function came(batch: number): Set<unknown> {
  const rows = reader.of(topic).map(({ value }) => value as { id: number; batch: number });
  return new Set(rows.filter((row) => row.batch === batch).map(({ id }) => id));
}

/** Writes one row more, and waits until it has come: what was committed before it has come, too, or never will. */
async function everythingCame(batch: number): Promise<void> {
  sql(`insert into orders (batch) values (${-batch})`);
  await until(`a row after those of batch ${batch} has come`, () => came(-batch).size > 0);
}

function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 60): Promise<true> {
  return lab.eventually(what, seconds, async () => ((await holds()) ? true : undefined));
}

function activity(condition: string): boolean {
  return sql(`select 1 from pg_stat_activity where ${condition}`) !== "";
}

test("a commit that is in the log and not to be seen yet, when a snapshot begins anew", async () => {
  await plane.worker.forget("pg");
  // A commit that waits for a standby which is not there; all others do not.
  sql("alter system set synchronous_commit = 'local'");
  sql("alter system set synchronous_standby_names = 'nobody'");
  sql("select pg_reload_conf()");
  const late = plane.pg.open({ database: "shop" });
  try {
    await sleep(500);
    late.write("set synchronous_commit = on; insert into orders values (2000001, 2);\n");
    await until("the commit waits", () => activity("wait_event = 'SyncRep'"));
    await plane.worker.request("PUT", "/connectors/pg/resume");
    // Debezium by itself reads the table now; a new slot is not given before the commit is through.
    const isRead = () => reader.of(topic).some(({ value }) => (value as { __op: string }).__op === "r");
    const waits = () => activity("state = 'active' and query like 'CREATE_REPLICATION_SLOT%'");
    await until("the snapshot begins", () => isRead() || waits());
  } finally {
    sql("alter system reset synchronous_standby_names");
    sql("select pg_reload_conf()");
    await late.close();
  }
  await everythingCame(2);

  expect([...came(2)]).toEqual([2000001]);
});

test("rows that COPY wrote, when the worker is restarted among them", async () => {
  const rows = 200_000;
  sql(`copy orders (batch) from program 'yes 3 | head -n ${rows}'`);
  await until("some have come", () => came(3).size > 0);
  await plane.worker.process.stop();
  const before = came(3).size;
  await plane.worker.process.start();
  await everythingCame(3);

  expect(before).toBeLessThan(rows);
  expect(came(3).size).toBe(rows);
});

test("a transaction with a change that stands in the log where another transaction ended", async () => {
  const admin = plane.broker.client.admin();
  await admin.connect();
  const heartbeat = async () => {
    const count = async () => Number((await admin.fetchTopicOffsets("_heartbeat.pg"))[0]?.high ?? 0);
    const before = await count();
    await until("a heartbeat comes", async () => (await count()) > before);
  };
  // As an environment may have it. With ours, what a heartbeat writes into the log usually stands in the way of the fault.
  await plane.worker.put("pg", { ...plane.connector("pg"), "heartbeat.action.query": "SELECT 1" });
  await plane.worker.untilRunning("pg");
  await everythingCame(5);
  sql("create extension dblink");
  const long = plane.pg.open({ database: "shop" });
  long.write("begin; insert into orders values (4000001, 4);\n");
  await heartbeat();
  // The short one's end, and right after it in the log the long one's second change.
  const short = `host=${lab.path("postgres", "s")} port=${plane.pg.port} user=postgres dbname=shop`;
  long.write(`select dblink_connect('${short}');\n`);
  long.write(`do $$ begin
    perform dblink_exec('insert into orders values (4000002, 4)');
    insert into orders values (4000003, 4);
  end $$;\n`);
  // With the next heartbeat, and not with the one after it, the end of the short one is what is noted.
  await heartbeat();
  await plane.worker.process.stop();
  long.write("insert into orders values (4000004, 4); commit;\n");
  await plane.worker.process.start();
  await Promise.all([long.close(), admin.disconnect()]);
  await everythingCame(4);

  expect([...came(4)].toSorted()).toEqual([4000001, 4000002, 4000003, 4000004]);
});
