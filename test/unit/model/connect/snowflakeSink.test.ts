import * as fc from "fast-check";
import { aclsOf, principalsOf } from "../../../../model/access.ts";
import { sinkName } from "../../../../model/internalNames.ts";
import { isOfKafkaConnect, snowflakeProperties } from "../../../../model/connect/snowflakeProperties.ts";
import { snowflakeStartMistakes } from "../../../../model/connect/snowflakeRules.ts";
import { accountUrl, sinkTopics, snowflakeSink } from "../../../../model/connect/snowflakeSink.ts";
import { tasksFor } from "../../../../model/connect/workerSink.ts";
import { generationOf, sinkOwnsTables, snowflakeVersionMistake } from "../../../../model/connect/snowflakeVersion.ts";
import { allowedOverrides } from "../../../../model/connect/worker.ts";
import { declaredGraph, readBy, selectedGraph } from "../../../../model/graph.ts";
import { topicsOf } from "../../../../model/topics.ts";
import { pipeline } from "../../../../pipeline.ts";
import { anyDeclaration } from "../declarations.ts";
import { sinkSettings } from "./sinks.ts";

const secret = (key: string) => `\${file:/run/connect/secrets.properties:sink-snowflake.${key}}`;
const registry = "https://psrc-1.us-east-1.aws.confluent.cloud";

/** The same in every version. */
const common = {
  "tasks.max": "2",
  topics: "mssql.dbo.ORDERS,mysql.customers",
  "snowflake.topic2table.map": "mssql.dbo.ORDERS:ORDERS,mysql.customers:CUSTOMERS",
  "snowflake.url.name": "https://acme-shop.snowflakecomputing.com",
  "snowflake.user.name": "PIPELINE_DEV_LOADER",
  "snowflake.role.name": "PIPELINE_DEV_LOADER",
  "snowflake.database.name": "PIPELINE_DEV",
  "snowflake.schema.name": "LANDING",
  "snowflake.private.key": secret("snowflake.private.key"),
  "snowflake.enable.schematization": "true",
  "snowflake.metadata.all": "true",
  "behavior.on.null.values": "default",
  "enable.task.fail.on.authorization.errors": "true",
  "errors.tolerance": "all",
  "errors.deadletterqueue.topic.name": "dlq.snowflake",
  "errors.deadletterqueue.topic.replication.factor": "3",
  "errors.deadletterqueue.context.headers.enable": "true",
  "errors.log.enable": "true",
  "key.converter": "pipeline.avro.SinkAvroConverter",
  "key.converter.schema.registry.url": registry,
  "key.converter.basic.auth.credentials.source": "USER_INFO",
  "key.converter.basic.auth.user.info": secret("registry.user.info"),
  "value.converter": "pipeline.avro.SinkAvroConverter",
  "value.converter.schema.registry.url": registry,
  "value.converter.basic.auth.credentials.source": "USER_INFO",
  "value.converter.basic.auth.user.info": secret("registry.user.info"),
  "value.converter.ignore.default.for.nullables": "true",
  "consumer.override.sasl.jaas.config": secret("kafka.jaas"),
  "producer.override.sasl.jaas.config": secret("kafka.jaas"),
  "admin.override.sasl.jaas.config": secret("kafka.jaas"),
  "consumer.override.max.poll.interval.ms": "900000",
  "reconcile.forget": "true",
};
const ofVersion4 = {
  "connector.class": "com.snowflake.kafka.connector.SnowflakeStreamingSinkConnector",
  "snowflake.streaming.validate.compatibility.with.classic": "false",
  "snowflake.validation": "server_side",
};

describe("the whole configuration", () => {
  it.each([
    ["4.1.0", { ...ofVersion4, "snowflake.autocreate.table.type": "none" }],
    ["4.0.2", ofVersion4],
    ...["3.5.4", "2.5.0"].map((version): [string, Record<string, string>] => [
      version,
      {
        "connector.class": "com.snowflake.kafka.connector.SnowflakeSinkConnector",
        "snowflake.ingestion.method": "SNOWPIPE_STREAMING",
        "snowflake.streaming.enable.single.buffer": "true",
        "snowflake.streaming.max.client.lag": "5",
      },
    ]),
  ])("for version %s", (version, own) => {
    expect(snowflakeSink("snowflake", { ...sinkSettings, version })).toEqual({ ...common, ...own });
  });

  it("has its keys sorted, so that a change shows as what it is", () => {
    const keys = Object.keys(snowflakeSink("snowflake", sinkSettings));
    expect(keys).toEqual([...keys].sort());
  });

  it("refers to the passphrase of a key that has one", () => {
    expect(snowflakeSink("snowflake", { ...sinkSettings, hasPassphrase: true })).toEqual({
      ...snowflakeSink("snowflake", sinkSettings),
      "snowflake.private.key.passphrase": secret("snowflake.private.key.passphrase"),
    });
  });

  it("takes over the user's own settings", () => {
    const extra = { "tasks.max": "6", "jvm.proxy.host": "proxy.lan" };
    expect(snowflakeSink("snowflake", { ...sinkSettings, extra })).toMatchObject(extra);
  });

  it("finds its files where a test has them", () => {
    const config = snowflakeSink("snowflake", { ...sinkSettings, secretsFile: "/s", truststore: "/ca.pem" });
    expect(Object.values(config).filter((value) => value.includes("/run/connect"))).toEqual([]);
    expect(config).toMatchObject({
      "snowflake.private.key": "${file:/s:sink-snowflake.snowflake.private.key}",
      "value.converter.schema.registry.ssl.truststore.location": "/ca.pem",
    });
  });
});

it("two targets have nothing in common but the topics that they read", () => {
  const [one, other] = ["snowflake", "finance"].map((target) => snowflakeSink(target, sinkSettings));
  const differ = Object.keys(one ?? {}).filter((key) => one?.[key] !== other?.[key]);
  expect(differ).toEqual([
    "admin.override.sasl.jaas.config",
    "consumer.override.sasl.jaas.config",
    "errors.deadletterqueue.topic.name",
    "key.converter.basic.auth.user.info",
    "producer.override.sasl.jaas.config",
    "snowflake.private.key",
    "value.converter.basic.auth.user.info",
  ]);
});

describe("the article's pipeline", () => {
  const topicsAt = (stage: 0 | 1 | 2 | 3) => {
    const graph = selectedGraph(declaredGraph(pipeline), { stage, tables: [], transformations: [], targets: [] });
    return graph.targets
      .filter(({ name }) => name === "snowflake")
      .flatMap((target) => sinkTopics(graph, target, 6).map(({ topic, table }) => `${topic}:${table}`));
  };

  it("has these tables filled at each stage", () => {
    expect(topicsAt(0)).toEqual(["mssql.dbo.ORDERS:ORDERS"]);
    expect(topicsAt(1)).toEqual(["mssql.dbo.ORDERS:ORDERS", "mysql.customers:CUSTOMERS"]);
    expect(topicsAt(2)).toEqual([
      "ORDERS_ENRICHED:ORDERS_ENRICHED",
      "mssql.dbo.ORDERS:ORDERS",
      "mysql.customers:CUSTOMERS",
    ]);
  });
});

describe.each(["4.1.0", "4.0.0", "3.5.4", "2.5.0"])("whatever is declared, for version %s,", (version) => {
  /** Every sink of a declaration on our workers. */
  const sinksOf = (declaration: typeof pipeline) => {
    const graph = declaredGraph(declaration);
    return graph.targets
      .filter(({ kind }) => kind === "snowflake")
      .map((target) => ({ graph, target, topics: sinkTopics(graph, target, 6) }))
      .filter(({ topics }) => topics.length > 0)
      .map((sink) => ({
        ...sink,
        config: snowflakeSink(sink.target.name, { ...sinkSettings, version, topics: sink.topics }),
      }));
  };

  it("the connector starts", () => {
    fc.assert(
      fc.property(anyDeclaration, (declaration) => {
        for (const { target, config } of sinksOf(declaration)) {
          expect(snowflakeStartMistakes(sinkName(target.name), config)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("each topic that the target reads goes to one table, and nothing else does", () => {
    fc.assert(
      fc.property(anyDeclaration, (declaration) => {
        for (const { graph, target, config } of sinksOf(declaration)) {
          const read = readBy(graph, target);
          const pairs = (config["snowflake.topic2table.map"] ?? "").split(",").map((pair) => pair.split(":"));
          expect(pairs.map(([topic]) => topic).toSorted()).toEqual(read.map(({ topic }) => topic).toSorted());
          expect(config.topics?.split(",")).toEqual(pairs.map(([topic]) => topic));
          expect(new Set(pairs.map(([, table]) => table)).size).toBe(read.length);
          expect(pairs.every(([, table = ""]) => table === table.toUpperCase())).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("has only settings that the connector or Kafka Connect looks at, and no secret", () => {
    const known = snowflakeProperties[generationOf(version)];
    const config = snowflakeSink("snowflake", { ...sinkSettings, version, hasPassphrase: true });
    const strange = Object.keys(config).filter(
      (key) => !known.includes(key) && !isOfKafkaConnect(key) && key !== "reconcile.forget",
    );
    expect(strange).toEqual([]);
    const secretive = Object.entries(config).filter(([key]) => /private\.key|passphrase|jaas|user\.info$/.test(key));
    expect(secretive).toHaveLength(7);
    expect(secretive.filter(([, value]) => !/^\$\{file:[^}]+\}$/.test(value))).toEqual([]);
  });
});

it("may do what it does: the account, the topics and the workers have what the settings name", () => {
  const graph = declaredGraph(pipeline);
  const config = snowflakeSink("snowflake", sinkSettings);
  const sink = principalsOf(graph).find(({ name }) => name === sinkName("snowflake"));
  const acls = sink === undefined ? [] : aclsOf(sink).map((acl) => `${acl.operation} ${acl.resourceName}`);
  expect(acls).toEqual(
    expect.arrayContaining([
      "READ connect-sink-snowflake",
      "DELETE connect-sink-snowflake",
      `WRITE ${config["errors.deadletterqueue.topic.name"] ?? ""}`,
    ]),
  );
  expect(sink?.keys).toEqual(["kafka", "registry"]);
  const topics = topicsOf(graph, { partitions: 6, retentionDays: 7 }).map(({ name }) => name);
  expect(topics).toContain(config["errors.deadletterqueue.topic.name"]);
  const overrides = Object.keys(config).flatMap(
    (key) => /^(?:consumer|producer|admin)\.override\.(.*)$/.exec(key)?.[1] ?? [],
  );
  expect(overrides.filter((key) => !(allowedOverrides as readonly string[]).includes(key))).toEqual([]);
});

it.each([
  [[6, 6], 8, 6],
  [[6, 12], 8, 8],
  [[1], 2, 1],
  [[48], 2, 2],
])("topics of %j partitions on machines for %i tasks: %i", (partitions, most, tasks) => {
  const topics = partitions.map((count, index) => ({ topic: `t${index}`, table: `T${index}`, partitions: count }));
  expect(tasksFor(topics, most)).toBe(tasks);
});

it("an account's address is its organization and name, with - for _", () => {
  expect(accountUrl("ACME", "SHOP_EU_1")).toBe("https://acme-shop-eu-1.snowflakecomputing.com");
});

it.each([
  ["4.1.0", undefined],
  ["2.5.0", undefined],
  ["4", "\"4\" is not a version of Snowflake's connector. Write the one in the workers' image, e.g. 4.1.0."],
  [
    "2.4.1",
    "2.4.1 is too old: it does not stream into tables that exist with a column for each field. Put 2.5.0 or newer into the workers' image, best 4.1.0.",
  ],
  [
    "5.0.0",
    "5.0.0 is newer than what is known here, and its settings may be others. Write 4.x, the version in the workers' image.",
  ],
])("version %s: %s", (version, mistake) => {
  expect(snowflakeVersionMistake(version)).toBe(mistake);
});

it.each([
  ["ec2", "4.0.0", false],
  ["ec2", "4.1.0", false],
  ["onPremises", "4.1.0", false],
  ["ec2", "3.5.4", true],
  ["onPremises", "2.5.0", true],
  ["managed", "4.1.0", true],
] as const)("a sink on %s with version %s owns its tables: %s", (placement, snowflakeVersion, owns) => {
  expect(sinkOwnsTables({ placement, snowflakeVersion })).toBe(owns);
});
