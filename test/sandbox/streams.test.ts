import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pipeline } from "../../pipeline.ts";
import { criticalPath, duration } from "../../sandbox/clock.ts";
import type { StateResource } from "../../sandbox/engine/engine.ts";
import { ending, stepsOf, TestStack } from "./harness.ts";

const ofKsqlDb = /ksql|streams-|statements-|ENRICHED/i;

describe("ksqlDB in a demo stack", () => {
  const stack = new TestStack();
  const left = () => stack.cloud.all().filter((thing) => ofKsqlDb.test(JSON.stringify(thing)));
  afterAll(() => stack.close());

  it("comes with stage 2 and its statements, and answers nobody without a key", async () => {
    await stack.declare({ config: { stage: 2 } });
    await ending(0, stack.engine.up());
    const [cluster] = stack.cloud.all("confluentcloud:index/ksqlCluster:KsqlCluster");
    expect(cluster?.properties).toMatchObject({ csu: 1, displayName: "pipeline-local-ksqldb" });
    const running = stack.cloud.all("ksqldb:relation").map(({ id }) => id.replace(`${cluster?.id ?? ""}/`, ""));
    expect(running.sort()).toEqual(["CUSTOMERS", "ORDERS", "ORDERS_ENRICHED"]);
    const response = await fetch(`${String(cluster?.properties.restEndpoint)}/info`);
    expect(await response.json()).toMatchObject({ error_code: 40100 });
    await ending(0, stack.engine.preview(["--expect-no-changes"]));
  });

  it("is made again when its size changes, with new keys and rights, and every statement in it", async () => {
    await stack.declare({ config: { stage: 2, "streams.csu": 2 } });
    const steps = stepsOf(await ending(0, stack.engine.up()));
    expect(steps).toEqual(
      expect.arrayContaining([
        "replace KsqlCluster streams-cluster",
        "replace ApiKey streams-key",
        "replace KafkaAcl streams-all-topic-PREFIX*",
        "replace Statement statements-ORDERS_ENRICHED",
      ]),
    );
    const internal = stack.cloud.all().filter(({ id }) => id.includes("pksqlc-"));
    expect(internal.filter(({ type }) => type.endsWith(":KafkaTopic"))).toHaveLength(2);
  });

  it("goes with its stage to the last topic that it made for itself, while Kafka stays", async () => {
    await stack.declare({ config: { stage: 1 } });
    const steps = stepsOf(await ending(0, stack.engine.up()));
    expect(steps.filter((step) => !step.startsWith("delete"))).toEqual(["update Connector connectors-sink-snowflake"]);
    expect(left()).toEqual([]);
    expect(stack.cloud.all("confluentcloud:index/kafkaCluster:KafkaCluster")).toHaveLength(1);
  });

  it("has no cluster where there is a server of one's own", async () => {
    await stack.declare({ config: { stage: 2, "streams.endpoint": "http://127.0.0.1:8088" } });
    const steps = stepsOf(await ending(0, stack.engine.preview()));
    expect(steps.filter((step) => / (KsqlCluster|InternalTopics) /.test(step))).toEqual([]);
    expect(steps).toContain("create Statement statements-ORDERS_ENRICHED");
  });
});

describe("every transformation in one stack", () => {
  const stack = new TestStack();
  const names = Object.keys(pipeline.transformations);
  afterAll(() => stack.close());

  it("waits for the first row of a table that is empty", async () => {
    stack.provider.emptyTopics.add("mssql.dbo.SHIPMENTS");
    await stack.declare({ config: { stage: 2, transformations: names } });
    const up = stack.engine.up();
    const isMade = () => stack.cloud.all("ksqldb:relation").some(({ id }) => id.endsWith("/ORDERS_LARGE"));
    for (let seconds = 0; !isMade() && seconds < 300; seconds += 0.2) {
      await sleep(200);
    }
    expect(stack.cloud.all("ksqldb:relation").map(({ id }) => id)).not.toContainEqual(
      expect.stringContaining("/SHIPMENTS"),
    );
    stack.provider.emptyTopics.clear();
    const { output } = await ending(0, up);
    expect(output).toContain("mssql.dbo.SHIPMENTS has no row yet: it is waited for, 10 minutes at most.");
    const running = stack.cloud.all("ksqldb:relation").map(({ id }) => id.split("/").at(-1));
    expect(running.sort()).toEqual([...names, "COMPANIES", "CUSTOMERS", "LOYALTY", "ORDERS", "SHIPMENTS"].sort());
  });

  it("takes as long as the documentation says, and as much longer without what it saves", async () => {
    const done = [...stack.provider.done];
    const resources = await stack.engine.state();
    const { seconds } = criticalPath(done, resources, "up");
    const key = resources.find(({ urn }) => urn.endsWith("::streams-key"));
    const fixedWait = { operation: "create" as const, urn: key?.urn ?? "", seconds: 300 };
    const more = (path: { seconds: number }) => duration(path.seconds - seconds);
    const sentence =
      `With every transformation on it is ${duration(seconds)}; one statement after the other would take ` +
      `${more(criticalPath(done, oneByOne(resources), "up"))} more, and a fixed wait for ksqlDB's key ` +
      `${more(criticalPath([...done, fixedWait], resources, "up"))} more.`;
    const documentation = readFileSync("docs/sandbox.md", "utf8").replace(/\s+/g, " ");
    expect(documentation).toContain(sentence);
  });

  it("leaves nothing when it is destroyed", async () => {
    await ending(0, stack.engine.destroy());
    expect(stack.cloud.all()).toEqual([]);
  });
});

/** The same with each statement waiting for the one before it. */
function oneByOne(resources: readonly StateResource[]): StateResource[] {
  const statements = resources.filter(({ type }) => type === "dataplane:ksqldb:Statement");
  return resources.map((resource) => {
    const before = statements[statements.indexOf(resource) - 1];
    return before === undefined
      ? resource
      : { ...resource, dependencies: [...(resource.dependencies ?? []), before.urn] };
  });
}
