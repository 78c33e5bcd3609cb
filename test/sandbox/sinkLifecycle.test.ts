import type { Run } from "../../sandbox/engine/engine.ts";
import { ending, stepsOf, TestStack } from "./harness.ts";

interface Table {
  readonly name: string;
  /** Another one makes the topic anew, and the table with it. */
  readonly topic: number;
  /** Another one makes the table anew. */
  readonly table: number;
}

/**
 * A program of nothing but a sink connector and what it writes into. The tables are pairs of keys, of all things: they
 * are made anew for another number, and nothing else here is.
 */
function program(tables: readonly Table[], tasks: number, url: string): string {
  return `
import * as pulumi from "@pulumi/pulumi";
import { Connectors } from "./components/connect/connectors.ts";
import { snowflakeSink } from "./model/connect/snowflakeSink.ts";

class Topic extends pulumi.CustomResource {
  constructor(name: string, generation: number) {
    super("dataplane:snowflake:KeyPair", "topic-" + name, { generation }, { deleteBeforeReplace: true });
  }
}
class Table extends pulumi.CustomResource {
  constructor(name: string, generation: number, topic: pulumi.Resource) {
    // As every resource with a name of the user's: the old one has to go first.
    const opts = { dependsOn: [topic], replaceWith: [topic], deleteBeforeReplace: true };
    super("dataplane:snowflake:KeyPair", "table-" + name, { generation }, opts);
  }
}

const given = ${JSON.stringify(tables)};
const topics = given.map(({ name, topic }) => new Topic(name, topic));
const tables = Object.fromEntries(
  given.map(({ name, table }, index) => {
    const ends = pulumi.all([new Table(name, table, topics[index]).id, topics[index].id]);
    return [name, ends.apply((ids) => ids.join(" "))];
  }),
);

const config = snowflakeSink("snowflake", {
  version: "4.1.0",
  landing: { url: "https://a-b.snowflakecomputing.com", user: "U", role: "R", database: "D", schema: "LANDING" },
  topics: given.map(({ name }) => ({ topic: name, table: name, partitions: 6 })),
  tasks: ${String(tasks)},
  registryUrl: "https://registry",
  hasPassphrase: false,
  extra: {},
});
new Connectors("connectors", {
  owner: "pipeline-local",
  connectors: [{ name: "sink-snowflake", state: "running", config, tables }],
  reach: { by: "rest", url: ${JSON.stringify(url)} },
  ephemeral: false,
  after: [],
});
`;
}

describe("a sink and the tables that it fills", () => {
  const stack = new TestStack();
  afterAll(() => stack.close());
  const { workers } = stack.provider;

  const declare = async (tables: readonly Table[], tasks = 1) => {
    const url = await workers.listen();
    return stack.declare({ edits: { "index.ts": () => program(tables, tasks, url) } });
  };
  /** What was done in the deployment to tables and the connector, in its order. */
  const order = ({ steps }: Run) =>
    steps
      .filter(({ op, urn }) => op !== "same" && op !== "replace" && /::(table-|topic-|connectors-)/.test(urn))
      .map(
        ({ op, urn }) => `${op.replace("-replacement", "").replace("-replaced", "")} ${urn.split("::").at(-1) ?? ""}`,
      );
  const sink = () => stack.cloud.all("connect:connector").find(({ id }) => id === "sink-snowflake");
  let told = 0;
  /** What the workers were asked to change since the last call. */
  const asked = async () => {
    const all = await workers.writes();
    return all.slice(told, (told = all.length));
  };
  const places = () => sink()?.hidden?.offsets;
  const left = () => stack.cloud.all("connect:offsets").map(({ id }) => id);

  const orders = { name: "ORDERS", topic: 1, table: 1 };
  const customers = { name: "CUSTOMERS", topic: 1, table: 1 };

  it("begins once the tables are there", async () => {
    await declare([orders, customers]);
    const up = await ending(0, stack.engine.up());
    expect(order(up).at(-1)).toBe("create connectors-sink-snowflake");
    expect(places()).toBeDefined();
    await ending(0, stack.engine.preview(["--refresh", "--expect-no-changes"]));
  });

  it("keeps its place when only its settings change", async () => {
    await declare([orders, customers], 2);
    await asked();
    const up = await ending(0, stack.engine.up());
    expect(order(up)).toEqual(["update connectors-sink-snowflake"]);
    expect(await asked()).toEqual(["PUT /connectors/sink-snowflake/config"]);
  });

  /** What makes a connector begin from the beginning. */
  const anew = [
    "PUT /connectors/sink-snowflake/stop",
    "DELETE /connectors/sink-snowflake/offsets",
    "DELETE /connectors/sink-snowflake",
    "PUT /connectors/sink-snowflake/config",
  ];

  it("goes before a table that is made anew, forgets its places though the stack is durable, and comes after it", async () => {
    await declare([{ ...orders, table: 2 }, customers], 2);
    const preview = await ending(0, stack.engine.preview());
    expect(stepsOf(preview).filter((step) => step.startsWith("replace "))).toEqual([
      "replace Connector connectors-sink-snowflake",
      "replace KeyPair table-ORDERS",
    ]);
    await asked();
    const up = await ending(0, stack.engine.up());
    expect(order(up)).toEqual([
      "delete connectors-sink-snowflake",
      "delete table-ORDERS",
      "create table-ORDERS",
      "create connectors-sink-snowflake",
    ]);
    expect(await asked()).toEqual(anew);
    await ending(0, stack.engine.preview(["--refresh", "--expect-no-changes"]));
  });

  it("goes before a topic that is made anew, with the table that goes with it", async () => {
    await declare([{ ...orders, topic: 2, table: 2 }, customers], 2);
    const up = await ending(0, stack.engine.up());
    const steps = order(up);
    expect(steps.filter((step) => step.startsWith("delete")).sort()).toEqual([
      "delete connectors-sink-snowflake",
      "delete table-ORDERS",
      "delete topic-ORDERS",
    ]);
    expect(steps.slice(0, 3)).toContain("delete connectors-sink-snowflake");
    expect(steps.slice(3)).toEqual(["create topic-ORDERS", "create table-ORDERS", "create connectors-sink-snowflake"]);
    expect(await asked()).toEqual(anew);
    await ending(0, stack.engine.preview(["--refresh", "--expect-no-changes"]));
  });

  it("is left alone when a further table comes", async () => {
    const more = { name: "ORDERS_ENRICHED", topic: 1, table: 1 };
    await declare([{ ...orders, topic: 2, table: 2 }, customers, more], 2);
    const up = await ending(0, stack.engine.up());
    expect(order(up)).toEqual([
      "create topic-ORDERS_ENRICHED",
      "create table-ORDERS_ENRICHED",
      "update connectors-sink-snowflake",
    ]);
  });

  it("leaves nothing", async () => {
    await ending(0, stack.engine.destroy());
    expect(sink()).toBeUndefined();
    expect(left()).toEqual([]);
  });
});
