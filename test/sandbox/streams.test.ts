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
    expect(steps.filter((step) => !step.startsWith("delete"))).toEqual([]);
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
