import kafkajs, { type Kafka } from "kafkajs";
import type { ConnectorStatus } from "../../dataplane/engines/connect.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { Reader } from "../../dataplane/engines/reader.ts";
import { aclsOf, principalsOf } from "../../model/access.ts";
import { int32, text } from "../../model/columnTypes.ts";
import type { PipelineDeclaration, TableDeclaration } from "../../model/pipeline.ts";
import { workerGroup } from "../../model/internalNames.ts";
import { Plane } from "./plane.ts";
import { inWarehouse, makeWarehouses, sinkConnector } from "./sink.ts";

const lab = new Lab("principals");
let plane: Plane;

const table = (kind: "facts" | "entity", name: string): TableDeclaration => ({
  kind,
  name,
  key: "id",
  columns: { id: int32, words: text(50) },
});

const declaration: PipelineDeclaration = {
  sources: {
    maria: {
      kind: "mariaDb",
      database: "shop",
      tables: { orders: table("facts", "ORDERS"), customers: table("entity", "CUSTOMERS") },
    },
    pg: { kind: "postgres", database: "shop", tables: { "public.visits": table("facts", "VISITS") } },
  },
  transformations: { ENRICHED: { reads: ["ORDERS", "CUSTOMERS"], kind: "facts" } },
  targets: {
    warehouse: { kind: "snowflake", reads: ["ORDERS"] },
    lake: { kind: "lake", reads: ["ENRICHED"] },
    everything: { kind: "lake" },
  },
  consumers: { "stock-control": { reads: ["ORDERS"] }, billing: { reads: ["ENRICHED"] } },
};

const rows = ["maria.orders", "maria.customers", "pg.public.visits"];
const connects = ["_connect.configs", "_connect.offsets", "_connect.status"];
const signsOfLife = ["_heartbeat.maria", "_heartbeat.pg"];
const everyTopic = [...rows, "ENRICHED", ...connects, "_history.maria", ...signsOfLife, "dlq.warehouse"];

/** Who may do what, and nothing else. */
const rights: Readonly<Record<string, { reads: readonly string[]; writes: readonly string[] }>> = {
  workers: {
    reads: [...connects, "_history.maria"],
    writes: [...rows, ...connects, "_history.maria", ...signsOfLife],
  },
  ksqldb: { reads: ["maria.orders", "maria.customers", "ENRICHED"], writes: ["ENRICHED"] },
  "sink-warehouse": { reads: ["maria.orders"], writes: ["dlq.warehouse"] },
  "sink-lake": { reads: ["ENRICHED"], writes: [] },
  "sink-everything": { reads: [...rows, "ENRICHED"], writes: [] },
  "consumer-stock-control": { reads: ["maria.orders"], writes: [] },
  "consumer-billing": { reads: ["ENRICHED"], writes: [] },
  // Instead of the workers, where Confluent runs the connectors.
  "source-maria": {
    reads: ["_history.maria"],
    writes: ["maria.orders", "maria.customers", "_history.maria", "_heartbeat.maria"],
  },
  "source-pg": { reads: [], writes: ["pg.public.visits", "_heartbeat.pg"] },
};

const groups: Readonly<Record<string, string>> = {
  workers: workerGroup,
  "sink-warehouse": "connect-sink-warehouse",
  "consumer-stock-control": "stock-control",
  "consumer-billing": "billing",
};

beforeAll(async () => {
  const tables = "create table orders (id int primary key, words varchar(50));";
  plane = await Plane.start(lab, {
    declaration,
    tables: {
      maria: tables + tables.replace("orders", "customers"),
      pg: tables.replace("orders", "visits"),
    },
  });
  const managed = principalsOf(plane.graph, "managed").filter(({ name }) => name.startsWith("source-"));
  for (const principal of managed) {
    await plane.broker.allow(principal.name, aclsOf(principal));
  }
});

afterAll(() => lab.stop());

test("there is nobody else", () => {
  const names = (["ec2", "managed"] as const).flatMap((placement) => principalsOf(plane.graph, placement));
  expect([...new Set(names.map(({ name }) => name))].toSorted()).toEqual(Object.keys(rights).toSorted());
});

describe.each(Object.keys(rights))("%s", (name) => {
  const { reads = [], writes = [] } = rights[name] ?? {};

  test("may read its topics only", async () => {
    // Rights on groups are tried below: here everyone may join groups of this prefix.
    const group = { resourceType: "GROUP", resourceName: "try-", patternType: "PREFIXED", operation: "READ" } as const;
    await plane.broker.allow(name, [group]);

    expect(await allowed(everyTopic, (topic) => tryRead(plane.clientOf(name), topic, `try-${name}-${topic}`))).toEqual(
      everyTopic.filter((topic) => reads.includes(topic)),
    );
  });

  test("may write its topics only", async () => {
    expect(await allowed(everyTopic, (topic) => tryWrite(plane.clientOf(name), topic))).toEqual(
      everyTopic.filter((topic) => writes.includes(topic)),
    );
  });

  test("may not change a table's topic, nor make one outside its names", async () => {
    const admin = plane.clientOf(name).admin();
    await admin.connect();
    const type = kafkajs.ConfigResourceTypes.TOPIC;
    const configEntries = [{ name: "retention.ms", value: "1" }];
    const resources = [{ type, name: "maria.orders", configEntries }];

    const topics = [{ topic: "of-my-own", numPartitions: 1, replicationFactor: 1 }];
    const refused = async (attempt: Promise<unknown>) =>
      outcomeOf(await attempt.then(String, (error: unknown) => error));

    expect(await refused(admin.alterConfigs({ validateOnly: true, resources }))).toBe("refused");
    expect(await refused(admin.deleteTopics({ topics: ["maria.orders"] }))).toBe("refused");
    expect(await refused(admin.createTopics({ validateOnly: true, topics }))).toBe("refused");
    await admin.disconnect();
  });
});

describe("groups", () => {
  test.each(Object.keys(groups))("%s may be in its own only", async (name) => {
    const names = Object.values(groups);
    const topic = rights[name]?.reads[0] ?? "";

    expect(await allowed(names, (group) => tryGroup(plane.clientOf(name), topic, group))).toEqual([groups[name]]);
  });
});

describe("with these rights", () => {
  beforeAll(async () => {
    plane.maria.sql("insert into orders values (1, 'tea'); insert into customers values (7, 'Ada')", {
      database: "shop",
    });
    makeWarehouses(plane, "warehouse");
    await plane.run("maria", "pg");
  });

  test("an application reads its topic with its own key, in its group", async () => {
    const application = { client: plane.clientOf("consumer-stock-control") };
    const reader = await Reader.open(lab, application, plane.registry, ["maria.orders"], "stock-control");
    await reader.until("maria.orders", ({ key }) => key === 1);
    plane.maria.sql("insert into orders values (2, 'milk')", { database: "shop" });

    const seen = await reader.until("maria.orders", ({ key }) => key === 2);
    expect(seen.map(({ value }) => value)).toMatchObject([
      { id: 1, words: "tea" },
      { id: 2, words: "milk" },
    ]);
  });

  test("a source goes on after a restart: it may read its own history", async () => {
    await plane.worker.request("POST", "/connectors/maria/restart?includeTasks=true");
    plane.maria.sql("insert into customers values (8, 'Grace')", { database: "shop" });
    const reader = await Reader.open(lab, plane.broker, plane.registry, ["maria.customers"]);

    expect((await reader.until("maria.customers", ({ key }) => key === 8)).map(({ key }) => key)).toContain(8);
    await plane.worker.untilRunning("maria");
  });

  test("a sink on the workers loads its topic with its target's key", async () => {
    await plane.worker.put("sink-warehouse", sinkConnector(plane, "warehouse", ["maria.orders"]));
    await plane.worker.untilRunning("sink-warehouse");

    expect(
      await lab.eventually("both orders are in the warehouse", 60, () => {
        const found = inWarehouse(plane, "warehouse", "select id, words from maria_orders order by id");
        return Promise.resolve(found.length >= 2 ? found : undefined);
      }),
    ).toEqual([
      ["1", "tea"],
      ["2", "milk"],
    ]);
  });

  test("a sink that reads another topic fails, and so does one with the workers' key", async () => {
    const { "consumer.override.sasl.jaas.config": own, ...withoutKey } = sinkConnector(plane, "warehouse", [
      "maria.orders",
    ]);
    expect(own).toContain("sink-warehouse");
    await plane.worker.put("sink-greedy", { ...sinkConnector(plane, "warehouse", ["maria.customers"]) });
    await plane.worker.put("sink-workers", withoutKey);

    for (const name of ["sink-greedy", "sink-workers"]) {
      expect(await failureOf(name)).toMatch(/AuthorizationException/);
      await plane.worker.request("DELETE", `/connectors/${name}`);
    }
  });

  test("a sink's place can be forgotten, with its target's key", async () => {
    expect(await plane.worker.forget("sink-warehouse")).toMatch(/reset successfully/);
  });
});

/** The trace of a task, once it has failed. */
async function failureOf(name: string): Promise<string> {
  return lab.eventually(`${name} fails`, 60, async () => {
    const { body } = await plane.worker.request<ConnectorStatus>("GET", `/connectors/${name}/status`);
    return body.tasks.find(({ state }) => state === "FAILED")?.trace;
  });
}

type Outcome = "allowed" | "refused";

async function allowed(names: readonly string[], attempt: (name: string) => Promise<Outcome>): Promise<string[]> {
  const outcomes = await Promise.all(names.map((name) => attempt(name)));
  return names.filter((_, index) => outcomes[index] === "allowed");
}

/** `refused` for a lack of rights only: any other error is thrown. */
function outcomeOf(error: unknown): Outcome {
  if (typesOf(error).some((type) => /^(TOPIC|GROUP)_AUTHORIZATION_FAILED$/.test(type))) {
    return "refused";
  }
  throw error instanceof Error ? error : new Error("an unknown error");
}

/** Kafka's names of an error, of its causes and of what it sums up. */
function typesOf(error: unknown): string[] {
  const { type, cause, errors = [] } = (error ?? {}) as { type?: string; cause?: unknown; errors?: readonly unknown[] };
  const inner = [...(cause === undefined ? [] : [cause]), ...errors].flatMap((each) => typesOf(each));
  return type === undefined ? inner : [type, ...inner];
}

/** Sends what a broker takes from nobody (no key where one is a must, a time far ahead), so that nothing is written. */
async function tryWrite(client: Kafka, topic: string): Promise<Outcome> {
  const producer = client.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    await producer.send({ topic, messages: [{ value: "x", timestamp: "4102444800000" }] });
    throw new Error(`${topic} took a record of the year 2100`);
  } catch (error) {
    return typesOf(error).some((type) => /^INVALID_(TIMESTAMP|RECORD)$/.test(type)) ? "allowed" : outcomeOf(error);
  } finally {
    await producer.disconnect();
  }
}

async function tryRead(client: Kafka, topic: string, groupId: string): Promise<Outcome> {
  const consumer = client.consumer({ groupId, maxWaitTimeInMs: 100, allowAutoTopicCreation: false });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    return await new Promise<Outcome>((resolve, reject) => {
      consumer.on("consumer.fetch", () => resolve("allowed"));
      consumer.on("consumer.crash", ({ payload }) => reject(payload.error));
      consumer.run({ autoCommit: false, eachMessage: () => Promise.resolve() }).catch(reject);
    });
  } catch (error) {
    return outcomeOf(error);
  } finally {
    await consumer.disconnect();
  }
}

/** Looks up a group's place, which whoever may not read in the group may not. */
async function tryGroup(client: Kafka, topic: string, groupId: string): Promise<Outcome> {
  const admin = client.admin();
  await admin.connect();
  try {
    // The client has to learn of its brokers first.
    await admin.fetchTopicMetadata({ topics: [topic] });
    await admin.fetchOffsets({ groupId, topics: [topic] });
    return "allowed";
  } catch (error) {
    // The client keeps the broker's reason to itself; that it can be reached, the principal's own group shows.
    return (error as Error).name === "KafkaJSGroupCoordinatorNotFound" ? "refused" : outcomeOf(error);
  } finally {
    await admin.disconnect();
  }
}
