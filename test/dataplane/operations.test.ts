import { execFile } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { certificates } from "../../dataplane/engines/certificates.ts";
import type { ConnectorStatus } from "../../dataplane/engines/connect.ts";
import { testJars } from "../../dataplane/engines/jars.ts";
import { java } from "../../dataplane/engines/java.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { Reader } from "../../dataplane/engines/reader.ts";
import { reconcile, type Declaration } from "../../image/connect/reconcile/reconcile.ts";
import { int32, text } from "../../model/columnTypes.ts";
import { plainLogin } from "../../model/connect/properties.ts";
import type { PipelineDeclaration, TableDeclaration } from "../../model/pipeline.ts";
import { passwordOf, Plane } from "./plane.ts";
import { inWarehouse, makeWarehouses, sinkConnector } from "./sink.ts";

const lab = new Lab("operations");
let plane: Plane;

const table = (name: string): TableDeclaration => ({
  kind: "facts",
  name,
  key: "id",
  columns: { id: int32, words: text(50) },
});
const old: PipelineDeclaration["sources"] = {
  maria: { kind: "mariaDb", database: "shop", tables: { orders: table("ORDERS") } },
};
const both: PipelineDeclaration["sources"] = {
  ...old,
  pg: { kind: "postgres", database: "shop", tables: { "public.orders": table("ORDERS_NEW") } },
};

function declared(sources: PipelineDeclaration["sources"], reads: readonly string[]): PipelineDeclaration {
  return {
    sources,
    transformations: {},
    targets: { first: { kind: "snowflake", reads }, second: { kind: "snowflake", reads } },
    consumers: { "stock-control": { reads } },
  };
}

/** Commands of the page, by what stands behind `run:` where their block begins. */
const page = readFileSync(path.join(import.meta.dirname, "..", "..", "docs", "replay-and-migration.md"), "utf8");
const blocks = new Map(
  [...page.matchAll(/^( *)```\w+ run:([\w-]+)\n([\s\S]*?)^ *```$/gm)].map(([, indent = "", name = "", body = ""]) => [
    name,
    body.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  ]),
);
const used = new Set<string>();

function block(name: string): string {
  used.add(name);
  const found = blocks.get(name);
  if (found === undefined) {
    throw new Error(`the page has no commands ${name}`);
  }
  return found;
}

async function run(name: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", block(name)], {
    cwd: lab.folder,
    env: { ...process.env, CONNECT: plane.worker.url, SINK: "sink-first", ...environment },
  });
  return stdout;
}

const sqlOf = (server: "maria" | "pg") => (script: string) => plane[server].sql(script, { database: "shop" });

/** What a target has of a topic, as `id words`, once it is `wanted`. */
async function untilLoaded(name: string, wanted: readonly string[], topic = "maria_orders"): Promise<void> {
  let seen: string[] = [];
  await lab
    .eventually(`${name} has ${wanted.join(", ")}`, 60, () => {
      seen = inWarehouse(plane, name, `select id, words from ${topic} order by id`).map((row) => row.join(" "));
      return Promise.resolve(seen.join() === wanted.join() ? true : undefined);
    })
    .catch((error: unknown) => {
      expect(seen).toEqual(wanted);
      throw error;
    });
}

async function stateOf(connector: string): Promise<string> {
  return (await plane.worker.request<ConnectorStatus>("GET", `/connectors/${connector}/status`)).body.connector.state;
}

beforeAll(async () => {
  const orders = "create table orders (id int primary key, words varchar(50));";
  const filled = `${orders} insert into orders values (1, 'tea'), (2, 'milk');`;
  plane = await Plane.start(lab, { declaration: declared(old, ["ORDERS"]), tables: { maria: filled, pg: orders } });
  makeWarehouses(plane, "first", "second");
  await plane.run("maria");
  for (const target of ["first", "second"]) {
    await plane.worker.put(`sink-${target}`, sinkConnector(plane, target, ["maria.orders"]));
    await untilLoaded(target, ["1 tea", "2 milk"]);
  }
});

afterAll(() => lab.stop());

test("a target is paused while the others go on, and gets what it missed", async () => {
  await run("pause");
  await lab.eventually("it is paused", 30, async () => (await stateOf("sink-first")) === "PAUSED" || undefined);
  sqlOf("maria")("insert into orders values (3, 'bread')");
  await untilLoaded("second", ["1 tea", "2 milk", "3 bread"]);

  expect(inWarehouse(plane, "first", "select id from maria_orders where id = 3")).toEqual([]);
  await run("resume");
  await untilLoaded("first", ["1 tea", "2 milk", "3 bread"]);
});

test("a target is loaded again from the beginning, though the database has forgotten", async () => {
  sqlOf("maria")("update orders set words = 'green tea' where id = 1; delete from orders where id = 3");
  await untilLoaded("first", ["1 green tea", "2 milk", "3 bread"]);
  await run("stop");
  inWarehouse(plane, "first", "drop table maria_orders");
  inWarehouse(plane, "second", "truncate maria_orders");
  await run("forget");
  await run("resume-after-replay");
  await untilLoaded("first", ["1 green tea", "2 milk", "3 bread"]);

  const deleted = inWarehouse(plane, "first", "select id from maria_orders where __deleted = 'true'");
  expect(deleted).toEqual([["3"]]);
  // The other target is where it was: it is not loaded again.
  sqlOf("maria")("insert into orders values (4, 'salt')");
  await untilLoaded("second", ["4 salt"]);
});

describe("an application", () => {
  const topic = "maria.orders";
  const read = async (until: number) => {
    const own = new Lab("application");
    const client = plane.clientOf("consumer-stock-control");
    const reader = await Reader.open(own, { client }, plane.registry, [topic], "stock-control");
    const rows = await reader.until(topic, ({ key }) => key === until);
    await own.stop();
    return rows.map(({ key }) => key);
  };
  const reset = (principal: string, application: string) => {
    clientProperties(principal);
    return run("reset-application", {
      PATH: `${lab.folder}:${process.env.PATH ?? ""}`,
      BOOTSTRAP: plane.broker.saslSsl,
      APPLICATION: application,
      TOPIC: topic,
    });
  };

  beforeAll(() => kafkaConsumerGroups());

  test("reads again once its group is set back with its own key, and nobody else's key can do that", async () => {
    expect((await read(4)).toSorted()).toEqual([1, 1, 2, 3, 3, 4]);
    sqlOf("maria")("insert into orders values (5, 'rice')");
    expect(await read(5)).toEqual([5]);

    expect(await reset("sink-first", "stock-control")).toMatch(/GroupAuthorizationException/);
    expect(await reset("consumer-stock-control", "stock-control")).toMatch(/stock-control +maria\.orders +\d +0/);
    expect((await read(5)).toSorted()).toEqual([1, 1, 2, 3, 3, 4, 5]);
  });
});

describe("a migration", () => {
  const connectors = (names: readonly string[]): Declaration["connectors"] =>
    Object.fromEntries(names.map((name) => [name, { config: plane.connector(name) }]));
  const apply = (names: readonly string[], remove: string[] = []) =>
    reconcile(
      { owner: "pipeline-test", connectors: connectors(names), undeclared: "keep", remove, forget: false },
      { url: plane.worker.url, stableMs: 1_000, deadlineMs: 90_000, adopt: true },
    );
  const differences = () => inWarehouse(plane, "first", block("compare"));

  test("a new source runs beside the old one, which nobody touches", async () => {
    expect((await apply(["maria"])).connectors).toMatchObject({ maria: { state: "RUNNING" } });
    const copy = sqlOf("maria")("select concat('insert into orders values (', id, ', ''', words, ''');') from orders");
    sqlOf("pg")(copy);
    await plane.redeclare(declared(both, ["ORDERS", "ORDERS_NEW"]));
    plane.runScript("pg");

    expect((await apply(["maria", "pg"])).connectors).toMatchObject({
      maria: { action: "unchanged" },
      pg: { action: "created", state: "RUNNING" },
    });
    await plane.worker.put("sink-first", sinkConnector(plane, "first", ["maria.orders", "pg.public.orders"]));
    await untilLoaded("first", ["1 green tea", "2 milk", "4 salt", "5 rice"], "pg_public_orders");
  });

  test("the comparison finds what is missing, and nothing when nothing is", async () => {
    inWarehouse(plane, "first", "delete from maria_orders where __deleted = 'true'");
    expect(differences()).toEqual([]);

    sqlOf("maria")("insert into orders values (6, 'oats')");
    await untilLoaded("first", ["1 green tea", "2 milk", "4 salt", "5 rice", "6 oats"]);
    expect(differences()).toEqual([["only in the old", "6"]]);

    sqlOf("pg")("insert into orders values (6, 'oats')");
    await untilLoaded("first", ["1 green tea", "2 milk", "4 salt", "5 rice", "6 oats"], "pg_public_orders");
    expect(differences()).toEqual([]);
  });

  test("readers go over to the new one, the old one goes, and the new one goes on", async () => {
    await plane.worker.put("sink-second", sinkConnector(plane, "second", ["pg.public.orders"]));
    await untilLoaded("second", ["1 green tea", "2 milk", "4 salt", "5 rice", "6 oats"], "pg_public_orders");
    expect((await apply(["pg"], ["maria"])).connectors).toMatchObject({
      pg: { action: "unchanged" },
      maria: { action: "deleted" },
    });

    sqlOf("pg")("insert into orders values (7, 'figs')");
    await untilLoaded("second", ["1 green tea", "2 milk", "4 salt", "5 rice", "6 oats", "7 figs"], "pg_public_orders");
    expect((await plane.broker.topics()).filter((topic) => topic.startsWith("maria."))).toEqual(["maria.orders"]);
  });
});

test("every command of the page was run", () => {
  expect([...blocks.keys()].filter((name) => !used.has(name))).toEqual([]);
  expect(blocks.size).toBeGreaterThan(5);
});

/** `client.properties` of the page: a principal's key. */
function clientProperties(principal: string): void {
  const settings = {
    "security.protocol": "SASL_SSL",
    "sasl.mechanism": "PLAIN",
    "sasl.jaas.config": plainLogin(principal, passwordOf(principal)),
    "ssl.truststore.type": "PEM",
    "ssl.truststore.location": certificates(lab).ca,
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key}=${value.replaceAll("\\", "\\\\")}\n`);
  writeFileSync(lab.path("client.properties"), lines.join(""));
}

/** Kafka's own tool under its own name. */
async function kafkaConsumerGroups(): Promise<void> {
  const { kafka } = await testJars();
  const { command, args } = java("128m", "-cp", kafka, "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand");
  const file = lab.path("kafka-consumer-groups");
  writeFileSync(file, `#!/bin/sh\nexec ${[command, ...args].map((word) => `'${word}'`).join(" ")} "$@"\n`);
  chmodSync(file, 0o755);
}
