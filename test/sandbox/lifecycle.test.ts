import type { Thing } from "../../sandbox/cloud/inventory.ts";
import { ending, nameOf, stepsOf, TestStack, whatExists, withConsumer, type Change } from "./harness.ts";

/** A table, in the four lines that a user writes. */
const withStores: Change = {
  edits: {
    "pipeline.ts": (text) =>
      text.replace(
        '        "dbo.ORDERS": {',
        `        "dbo.STORES": {
          kind: "entity",
          key: "store_id",
          columns: { store_id: int32, city: text(50) },
        },
        "dbo.ORDERS": {`,
      ),
  },
};

describe("the life of a demo stack", () => {
  const stack = new TestStack();
  afterAll(() => stack.close());

  it("previews everything and makes nothing", async () => {
    await stack.declare();
    const preview = await ending(0, stack.engine.preview());
    expect(new Set(preview.steps.map(({ op }) => op))).toEqual(new Set(["create"]));
    expect(stepsOf(preview)).toContain("create KafkaTopic topics-mssql.dbo.ORDERS");
    expect(stack.cloud.all()).toEqual([]);
  });

  it("makes what it previewed", async () => {
    const preview = await ending(0, stack.engine.preview());
    const up = await ending(0, stack.engine.up());
    expect(stepsOf(up)).toEqual(stepsOf(preview));
    // Statements are in ksqlDB and not in a cloud; a key pair is nowhere else, and an Execute makes nothing.
    const inCloud = stepsOf(up).filter(
      (step) => !/ (Statement|InternalTopics|KeyPair|Execute|ManagedStatus) /.test(step),
    );
    // What ksqlDB has in it, the topics that it makes for itself, and what a sink has written.
    const isMade = ({ type, id }: Thing) =>
      type.startsWith("ksqldb:") || type === "aws:s3:object" || /:KafkaTopic.*pksqlc-/.test(`${type} ${id}`);
    const declared = stack.cloud.all().filter((thing) => !isMade(thing));
    expect(declared).toHaveLength(inCloud.length);
  });

  it("has nothing to do then", async () => {
    const again = await ending(0, stack.engine.preview(["--expect-no-changes"]));
    expect(again.steps).toEqual([]);
  });

  it("sees no drift where there is none, and puts back what was changed by hand", async () => {
    await ending(0, stack.engine.preview(["--refresh", "--expect-no-changes"]));
    const topic = stack.cloud.all().find(({ id }) => id.endsWith("/mssql.dbo.ORDERS"));
    if (topic === undefined) {
      throw new Error("no topic");
    }
    stack.cloud.put({ ...topic, properties: { ...topic.properties, config: { "cleanup.policy": "compact" } } });
    const up = await ending(0, stack.engine.up(["--refresh"]));
    expect(stepsOf(up)).toContain("update KafkaTopic topics-mssql.dbo.ORDERS");
    expect(stack.cloud.get(topic.type, topic.id)?.properties).toEqual(topic.properties);
  });

  it("is taken down to the last thing", async () => {
    await ending(0, stack.engine.destroy());
    expect(stack.cloud.all()).toEqual([]);
  });
});

describe("a change does what it says and nothing else", () => {
  const stack = new TestStack();
  afterAll(() => stack.close());

  async function changed(change: Change): Promise<string[]> {
    await stack.declare(change);
    const preview = await ending(0, stack.engine.preview());
    const up = await ending(0, stack.engine.up());
    expect(stepsOf(up)).toEqual(stepsOf(preview));
    return stepsOf(up);
  }

  beforeAll(async () => {
    await stack.declare({ config: { stage: 2 } });
    await ending(0, stack.engine.up());
  });

  it("more partitions: the data topics are updated", async () => {
    expect(await changed({ config: { stage: 2, "kafka.partitions": 12 } })).toEqual([
      "update KafkaTopic topics-ORDERS_ENRICHED",
      "update KafkaTopic topics-mssql.dbo.ORDERS",
      "update KafkaTopic topics-mysql.customers",
    ]);
  });

  it("fewer partitions: refused, with the reason and the way out, and nothing is touched", async () => {
    const before = whatExists(stack.cloud);
    await stack.declare({ config: { stage: 2, "kafka.partitions": 3 } });
    const reason = [
      "Kafka cannot take partitions away: these topics would be deleted with their rows and made again.",
      "mssql.dbo.ORDERS: 12 partitions, and 3 are asked for",
      "mysql.customers: 12 partitions, and 3 are asked for",
      "ORDERS_ENRICHED: 12 partitions, and 3 are asked for",
      "Write the old number or more (kafka.partitions, or partitions in pipeline.ts).",
    ];
    const preview = await stack.engine.preview();
    expect(preview.code).not.toBe(0);
    reason.forEach((line) => expect(preview.output).toContain(line));
    const up = await stack.engine.up();
    expect(up.code).not.toBe(0);
    reason.forEach((line) => expect(up.output).toContain(line));
    expect(whatExists(stack.cloud)).toEqual(before);
    await changed({ config: { stage: 2, "kafka.partitions": 12 } });
  });

  it("a table: its topic, its key's compatibility, its source's connector, and its place in Snowflake, no more", async () => {
    expect(await changed({ config: { stage: 2, "kafka.partitions": 12 }, ...withStores })).toEqual([
      "create Execute warehouse-snowflake-errors-STORES",
      "create GrantPrivilegesToAccountRole warehouse-snowflake-loader-insert-table-STORES",
      "create GrantPrivilegesToAccountRole warehouse-snowflake-reader-select-view-STORES",
      "create KafkaTopic topics-mssql.dbo.STORES",
      "create SubjectConfig topics-mssql.dbo.STORES-key",
      "create Table warehouse-snowflake-landing-STORES",
      "create View warehouse-snowflake-current-STORES",
      "update Connector connectors-mssql",
      "update Connector connectors-sink-snowflake",
    ]);
  });

  it("a table taken out: what was made for it goes", async () => {
    expect(await changed({ config: { stage: 2, "kafka.partitions": 12 } })).toEqual([
      "delete Execute warehouse-snowflake-errors-STORES",
      "delete GrantPrivilegesToAccountRole warehouse-snowflake-loader-insert-table-STORES",
      "delete GrantPrivilegesToAccountRole warehouse-snowflake-reader-select-view-STORES",
      "delete KafkaTopic topics-mssql.dbo.STORES",
      "delete SubjectConfig topics-mssql.dbo.STORES-key",
      "delete Table warehouse-snowflake-landing-STORES",
      "delete View warehouse-snowflake-current-STORES",
      "update Connector connectors-mssql",
      "update Connector connectors-sink-snowflake",
    ]);
  });

  const consumersThings = [
    "ApiKey consumer-stock-control-kafka-key",
    "ApiKey consumer-stock-control-registry-key",
    "KafkaAcl consumer-stock-control-read-group-stock-control",
    "KafkaAcl consumer-stock-control-read-topic-mssql.dbo.ORDERS",
    "RoleBinding consumer-stock-control-DeveloperRead-subject-mssql.dbo.ORDERS-key",
    "RoleBinding consumer-stock-control-DeveloperRead-subject-mssql.dbo.ORDERS-value",
    "ServiceAccount consumer-stock-control-account",
  ];

  it("an application: its account, its rights, its keys", async () => {
    expect(await changed({ config: { stage: 2, "kafka.partitions": 12 }, ...withConsumer })).toEqual(
      consumersThings.map((thing) => `create ${thing}`),
    );
  });

  it("a rotated key: the new one is there before the old one goes", async () => {
    const key = (await stack.engine.state()).find(({ urn }) => urn.endsWith("::consumer-stock-control-kafka-key"));
    const before = stack.provider.done.length;
    await ending(0, stack.engine.up(["--replace", key?.urn ?? ""]));
    expect(stack.provider.done.slice(before).map(({ operation, urn }) => `${operation} ${nameOf(urn)}`)).toEqual([
      "create consumer-stock-control-kafka-key",
      "delete consumer-stock-control-kafka-key",
    ]);
    expect(stack.cloud.get(key?.type ?? "", key?.id ?? "")).toBeUndefined();
  });

  it("an application taken out: the same goes", async () => {
    expect(await changed({ config: { stage: 2, "kafka.partitions": 12 } })).toEqual(
      consumersThings.map((thing) => `delete ${thing}`),
    );
  });

  it("basic to standard: the cluster in place, ACLs become roles, keys and topics stay", async () => {
    const steps = await changed({ config: { stage: 2, "kafka.partitions": 12, "kafka.type": "standard" } });
    expect(steps.filter((step) => step.startsWith("update"))).toEqual(["update KafkaCluster kafka-cluster"]);
    const rest = steps.filter((step) => !step.startsWith("update"));
    expect(new Set(rest.map((step) => step.split(" ").slice(0, 2).join(" ")))).toEqual(
      new Set(["create RoleBinding", "delete KafkaAcl"]),
    );
    expect(steps).toContain("create RoleBinding workers-DeveloperWrite-topic-mssql.*");
    expect(steps).toContain("delete KafkaAcl workers-write-topic-mssql.*");
  });

  it("basic to dedicated would be refused by the service: so is the preview", async () => {
    await stack.declare({ config: { stage: 2, "kafka.partitions": 12, "kafka.type": "dedicated" } });
    const preview = await stack.engine.preview();
    expect(preview.code).not.toBe(0);
    expect(preview.output).toContain("clusters can only be upgraded from 'Basic' to 'Standard'");
  });

  it("another region of AWS: refused, with the reason and the way out", async () => {
    await stack.declare({
      config: { stage: 2, "kafka.partitions": 12, "kafka.type": "standard", "aws.region": "eu-west-1" },
    });
    const preview = await stack.engine.preview();
    expect(preview.code).not.toBe(0);
    expect(preview.output).toContain("What is in AWS cannot move from us-east-1 to eu-west-1 in place.");
    expect(preview.output).toContain("Write aws.region: us-east-1 to leave it there.");
  });

  it("another region of Kafka: everything is made again there, and nothing is left in the old one", async () => {
    const before = stack.cloud.all().length;
    const config = {
      stage: 2,
      "kafka.partitions": 12,
      "kafka.type": "standard",
      "kafka.region": "us-east-2",
      "aws.region": "us-east-1",
    };
    const steps = await changed({ config });
    expect(steps).toContain("replace KafkaCluster kafka-cluster");
    expect(steps).toContain("replace KafkaTopic topics-mssql.dbo.ORDERS");
    const clusters = stack.cloud.all("confluentcloud:index/kafkaCluster:KafkaCluster");
    expect(clusters.map(({ properties }) => properties.region)).toEqual(["us-east-2"]);
    expect(stack.cloud.all()).toHaveLength(before);
    await ending(0, stack.engine.preview(["--expect-no-changes"]));
  });
});

describe("a durable stack", () => {
  const stack = new TestStack("prod");
  afterAll(() => stack.close());

  it("does not let go of what holds data", async () => {
    await stack.declare();
    await ending(0, stack.engine.up());
    const before = stack.cloud.all().length;
    const destroy = await stack.engine.destroy();
    expect(destroy.code).not.toBe(0);
    expect(destroy.output).toContain("protected");
    expect(stack.cloud.all()).toHaveLength(before);
  });

  it("refuses to lose a table's topic, and a cluster to another region", async () => {
    await stack.declare({ config: { stage: 0 } });
    const fewer = await stack.engine.preview();
    expect(fewer.code).not.toBe(0);
    expect(fewer.output).toMatch(/topics-mysql\.customers.*cannot be deleted/s);
    await stack.declare({
      config: { "kafka.region": "us-east-2", "aws.region": "us-east-1", "lake.region": "us-east-1" },
    });
    const elsewhere = await stack.engine.preview();
    expect(elsewhere.code).not.toBe(0);
    expect(elsewhere.output).toMatch(/kafka-cluster.*marked for protection/s);
  });
});
