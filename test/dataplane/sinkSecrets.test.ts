import { readFileSync, writeFileSync } from "node:fs";
import type { ConnectorStatus } from "../../dataplane/engines/connect.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { int32, text } from "../../model/columnTypes.ts";
import { fileReference } from "../../model/connect/properties.ts";
import { parameterValue, secretsVersionKey } from "../../model/connect/sinkParameters.ts";
import { secretKeys, sinkProperties } from "../../model/connect/worker.ts";
import { passwordOf, Plane } from "./plane.ts";
import { inWarehouse, makeWarehouses, sinkConnector } from "./sink.ts";

/** What Kafka Connect does with secrets that come into the file while it runs, as they do on EC2. */
const lab = new Lab("sink-secrets");
let plane: Plane;
let withoutSink: string;

const topic = "maria.orders";
const insert = (id: number) =>
  plane.maria.sql(`insert into orders values (${String(id)}, 'tea')`, { database: "shop" });
const loaded = (id: number) =>
  lab.eventually(`row ${String(id)} is there`, 60, () =>
    Promise.resolve(
      inWarehouse(plane, "first", `select 1 from maria_orders where id = ${String(id)}`).length > 0 || undefined,
    ),
  );

/** The connector as it is put on EC2, with one version of its secrets. */
const sink = (version: string) => ({
  ...sinkConnector(plane, "first", [topic]),
  "connection.password": fileReference(
    plane.worker.secretsFile,
    secretKeys.sinkSetting("first", "connection.password"),
  ),
  [secretsVersionKey]: version,
});

/** What `pipeline-secrets` leaves: the workers' text, then the parameter's. */
function fetched(password: string): void {
  const lines = sinkProperties("first", {
    kafka: { key: "sink-first", secret: passwordOf("sink-first") },
    registry: { key: "registry", secret: "secret" },
    settings: { "connection.password": password },
  });
  writeFileSync(plane.worker.secretsFile, `${withoutSink}\n${parameterValue("it", lines)}\n`);
}

beforeAll(async () => {
  const orders = "create table orders (id int primary key, words varchar(50));";
  plane = await Plane.start(lab, {
    declaration: {
      sources: {
        maria: {
          kind: "mariaDb",
          database: "shop",
          tables: { orders: { kind: "facts", key: "id", columns: { id: int32, words: text(50) } } },
        },
      },
      transformations: {},
      targets: { first: { kind: "snowflake", reads: ["ORDERS"] } },
      consumers: {},
    },
    tables: { maria: orders, pg: "select 1" },
  });
  makeWarehouses(plane, "first");
  const all = readFileSync(plane.worker.secretsFile, "utf8").split("\n");
  withoutSink = all.filter((line) => !line.startsWith("sink-")).join("\n");
  writeFileSync(plane.worker.secretsFile, withoutSink);
  await plane.run("maria");
});

afterAll(() => lab.stop());

test("a sink whose secrets were not fetched fails with the words that the sandbox has for it", async () => {
  await plane.worker.put("sink-first", sink("1"));
  const trace = await lab.eventually("its task has failed", 60, async () => {
    const { body } = await plane.worker.request<ConnectorStatus>("GET", "/connectors/sink-first/status");
    return body.tasks[0]?.trace;
  });
  expect(trace).toContain("KafkaException: Failed to construct kafka consumer");
  expect(trace).toContain(
    "Caused by: java.lang.IllegalArgumentException: Login module control flag is not available in the JAAS config",
  );
});

test("once they are there, a worker that runs reads them, whatever the password has in it", async () => {
  const password = "a{{b}}c\\{{$ä";
  plane.pg.sql(`alter role loader password '${password}'`);
  fetched(password);
  await plane.worker.put("sink-first", sink("2"));
  await plane.worker.untilRunning("sink-first");
  insert(1);
  await loaded(1);
});

test("another password is read when another version is put, though nothing else of the connector has changed", async () => {
  plane.pg.sql("alter role loader password 'new'");
  fetched("new");
  await plane.worker.put("sink-first", sink("3"));
  // Who goes on with the old one is not let in again.
  plane.pg.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'loader'");
  insert(2);
  await loaded(2);
  const { body } = await plane.worker.request<ConnectorStatus>("GET", "/connectors/sink-first/status");
  expect(body.tasks.map(({ state }) => state)).toEqual(["RUNNING"]);
});
