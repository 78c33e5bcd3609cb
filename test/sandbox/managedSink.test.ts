import type { Run } from "../../sandbox/engine/engine.ts";
import { ending, TestStack } from "./harness.ts";

const secret = "canary-Jq7!x";
const privateKey = "MIIcanaryIBADANBgkqhkiG9w0BAQEFAASC";

/** Kafka with one topic, a table that is a pair of keys, of all things, and the sink between them, run by Confluent. */
const program = (table: number, status: string | undefined, mayRead: boolean) => `
import * as pulumi from "@pulumi/pulumi";
import { ManagedSink } from "./components/connect/managedSink.ts";
import { Account } from "./components/kafka/account.ts";
import { Cluster } from "./components/kafka/cluster.ts";
import { Topics } from "./components/kafka/topics.ts";
import { managedSnowflakeSink } from "./model/connect/managedSnowflakeSink.ts";

class Table extends pulumi.CustomResource {
  constructor(name: string, generation: number, topic: pulumi.Resource) {
    super("dataplane:snowflake:KeyPair", name, { generation }, { deleteBeforeReplace: true, dependsOn: [topic] });
  }
}

const cluster = new Cluster("kafka", {
  displayName: "pipeline-local",
  adminName: "pipeline-local-admin",
  cloud: "AWS",
  region: "us-east-1",
  type: "basic",
  availability: "SINGLE_ZONE",
  cku: 0,
  governance: "ESSENTIALS",
  ephemeral: true,
});
const orders = { name: "ORDERS", purpose: "test", partitions: 6, config: {}, keepsData: true, subjects: [] };
const topics = new Topics("topics", { cluster, topics: [orders], compatibility: "BACKWARD", ephemeral: true });
const grants = ${String(mayRead)}
  ? [{ resource: "TOPIC" as const, pattern: "LITERAL" as const, name: "ORDERS", operations: ["READ" as const] }]
  : [];
const account = new Account("sink-snowflake", {
  cluster,
  displayName: "pipeline-local-sink-snowflake",
  access: "acl",
  principal: { name: "sink-snowflake", purpose: "test", keys: [], grants },
});
new ManagedSink("connect-sink-snowflake", {
  cluster,
  target: "snowflake",
  account,
  config: managedSnowflakeSink<pulumi.Input<string>>("snowflake", {
    landing: { url: "https://a-b.snowflakecomputing.com", user: "U", role: "R", database: "D", schema: "LANDING" },
    topics: [{ topic: "ORDERS", table: "ORDERS", partitions: 6 }],
    serviceAccount: account.account.id,
    privateKey: pulumi.secret(${JSON.stringify(privateKey)}),
    extra: {},
  }),
  ends: [topics.topics.ORDERS, new Table("table-ORDERS", ${String(table)}, topics.topics.ORDERS)],
  ${status === undefined ? "" : `status: "${status}",`}
});
`;

describe("a sink that Confluent runs", () => {
  const stack = new TestStack();
  const said: string[] = [];
  afterAll(() => stack.close());
  const declare = (table: number, status?: "PAUSED", mayRead = true) =>
    stack.declare({
      edits: { "index.ts": () => program(table, status, mayRead) },
      secrets: { "confluentcloud:cloudApiSecret": secret },
    });
  const say = async (code: number, run: Promise<Run>) => {
    const ended = await ending(code, run);
    said.push(ended.output);
    return ended;
  };
  const sinks = () => stack.cloud.all("confluentcloud:index/connector:Connector");
  const order = ({ steps }: Run) =>
    steps
      .filter(({ op, urn }) => !["same", "replace"].includes(op) && /::(table-ORDERS|.*-connector)$/.test(urn))
      .map(({ op, urn }) => `${op.split("-")[0] ?? ""} ${urn.split("::").at(-1) ?? ""}`);

  it("does not come to run without the right to read its topics, and says so", async () => {
    await declare(1, undefined, false);
    const failed = await say(1, stack.engine.up());
    expect(failed.output).toContain("may not READ topic ORDERS");
  });

  it("runs with it", async () => {
    await declare(1);
    await say(0, stack.engine.up());
    expect(sinks().map(({ properties }) => properties.status)).toEqual(["RUNNING"]);
    await say(0, stack.engine.preview(["--refresh", "--expect-no-changes"]));
  });

  it("is paused, and resumed where nothing says so any more", async () => {
    await declare(1, "PAUSED");
    await say(0, stack.engine.up());
    expect(sinks().map(({ properties }) => properties.status)).toEqual(["PAUSED"]);
    await declare(1);
    await say(0, stack.engine.up());
    expect(sinks().map(({ properties }) => properties.status)).toEqual(["RUNNING"]);
  });

  it("goes before a table that is made anew, and comes after it as another one, which begins at the beginning", async () => {
    const [before] = sinks();
    await declare(2);
    const up = await say(0, stack.engine.up());
    expect(order(up)).toEqual([
      "delete connect-sink-snowflake-connector",
      "delete table-ORDERS",
      "create table-ORDERS",
      "create connect-sink-snowflake-connector",
    ]);
    expect(sinks()).toHaveLength(1);
    expect(sinks()[0]?.id).not.toBe(before?.id);
  });

  it("leaves nothing, and never told its private key", async () => {
    said.push((await stack.engine.call(["stack", "export", "--stack", "local"])).output);
    await say(0, stack.engine.destroy());
    expect(stack.cloud.all()).toEqual([]);
    expect(said.filter((text) => text.includes(privateKey) || text.includes(secret))).toEqual([]);
  });
});
