import { guardrails } from "../../policy/guardrails.ts";
import { graphOf, type Registration } from "./harness.ts";

const image = `registry.example.com/connect@sha256:${"0123456789abcdef".repeat(4)}`;
const privateKey = "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSk";
const passphrase = "correct horse";

interface Side {
  /** A second target of the pipeline's. */
  readonly second?: string;
  readonly hasPassphrase?: boolean;
  readonly state?: "running" | "paused" | "stopped";
  readonly settings?: Record<string, string>;
}

/** The program with Kafka Connect as `index.ts` makes it, and a warehouse that has just what a sink needs to know. */
async function program(side: Side): Promise<void> {
  const pulumi = await import("@pulumi/pulumi");
  const { AwsRegion } = await import("../../components/aws/region.ts");
  const { Account } = await import("../../components/kafka/account.ts");
  const { Cluster } = await import("../../components/kafka/cluster.ts");
  const { Topics } = await import("../../components/kafka/topics.ts");
  const { KeyPair } = await import("../../components/warehouse/keyPair.ts");
  const { readEnvironment } = await import("../../config.ts");
  const { connectOf } = await import("../../connect.ts");
  const { principalsOf } = await import("../../model/access.ts");
  const { sinkTopics } = await import("../../model/connect/snowflakeSink.ts");
  const { topicsOf } = await import("../../model/topics.ts");
  const declared = (await import("../../pipeline.ts")).pipeline;
  const more = side.second === undefined ? {} : { [side.second]: { kind: "snowflake" as const } };
  const pipeline = { ...declared, targets: { ...declared.targets, ...more } };

  const environment = readEnvironment(pipeline);
  const { graph, kafka, ephemeral, connect } = environment;
  const displayName = `pipeline-${environment.stack}`;
  const cluster = new Cluster("kafka", {
    displayName,
    adminName: "admin",
    ...kafka,
    governance: "ESSENTIALS",
    ephemeral,
  });
  const topics = new Topics("topics", {
    cluster,
    topics: topicsOf(graph, { ...kafka, placement: connect.placement }),
    compatibility: "BACKWARD",
    ephemeral,
  });
  const accounts = new Map(
    principalsOf(graph, connect.placement).map((principal) => [
      principal.name,
      new Account(principal.name, { cluster, principal, displayName: principal.name, access: "acl" }),
    ]),
  );
  const aws = environment.awsRegion === "" ? undefined : new AwsRegion("aws", { region: "us-east-1", tags: {} });
  const targets = graph.targets.filter(({ kind }) => kind === "snowflake");
  const user = new KeyPair("user", { generation: 1 });
  const snowflakes = new Map(
    targets.map((target) => {
      const tables = sinkTopics(graph, target, 6).map(({ table }) => [
        table,
        new KeyPair(`${target.name}-${table}`, { generation: 1 }),
      ]);
      const database = target.name.toUpperCase();
      return [
        target.name,
        {
          state: side.state ?? ("running" as const),
          settings: side.settings ?? {},
          side: {
            landing: { url: "https://a-b.snowflakecomputing.com", user: "U", role: "R", database, schema: "LANDING" },
            privateKey: pulumi.secret(privateKey),
            passphrase: pulumi.secret(side.hasPassphrase === true ? passphrase : ""),
            hasPassphrase: side.hasPassphrase ?? false,
            tables: Object.fromEntries(tables) as Record<string, InstanceType<typeof KeyPair>>,
            after: [user],
          },
        },
      ];
    }),
  );
  const made = connectOf(environment, { displayName, cluster, topics, accounts, aws, snowflakes });
  // What index.ts gives to whoever runs the host.
  new pulumi.ComponentResource("test:Outputs", "outputs", { secrets: made.secrets ?? "" }, {}, true);
}

const graphWith = (stack: string, changes: Record<string, unknown> = {}, side: Side = {}) =>
  graphOf(stack, changes, [], () => program(side));

const named = (graph: readonly Registration[], name: string): Registration => {
  const found = graph.find((item) => item.name === name);
  if (found === undefined) {
    throw new Error(`no ${name} in ${graph.map((item) => item.name).join(", ")}`);
  }
  return found;
};
const configOf = ({ inputs }: Registration) => inputs.config as Record<string, string>;

describe("a target on workers of our own", () => {
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphWith("local");
  });

  it("has one connector, whose configuration is readable and holds no secret", () => {
    const { inputs, secrets } = named(graph, "connectors-sink-snowflake");
    expect(secrets).toEqual([]);
    expect(inputs).toMatchObject({
      name: "sink-snowflake",
      owner: "pipeline-local",
      state: "running",
      config: {
        "connector.class": "com.snowflake.kafka.connector.SnowflakeStreamingSinkConnector",
        topics: "ORDERS_ENRICHED,mssql.dbo.ORDERS,mysql.customers",
        "tasks.max": "2",
        "snowflake.database.name": "SNOWFLAKE",
        "snowflake.private.key": "${file:/run/connect/secrets.properties:sink-snowflake.snowflake.private.key}",
        "value.converter.schema.registry.url": expect.stringContaining("restEndpoint") as string,
      },
      tables: {
        ORDERS:
          "«dataplane:snowflake:KeyPair::snowflake-ORDERS|id» «confluentcloud:index/kafkaTopic:KafkaTopic::topics-mssql.dbo.ORDERS|id»",
        CUSTOMERS:
          "«dataplane:snowflake:KeyPair::snowflake-CUSTOMERS|id» «confluentcloud:index/kafkaTopic:KafkaTopic::topics-mysql.customers|id»",
        ORDERS_ENRICHED:
          "«dataplane:snowflake:KeyPair::snowflake-ORDERS_ENRICHED|id» «confluentcloud:index/kafkaTopic:KafkaTopic::topics-ORDERS_ENRICHED|id»",
      },
    });
    expect(graph.filter(({ type }) => type === "dataplane:connect:Connector")).toHaveLength(3);
  });

  it("starts when its topics, its tables, and whoever it logs in as are there", () => {
    expect(named(graph, "connectors-sink-snowflake").dependsOn).toEqual(
      expect.arrayContaining([
        "confluentcloud:index/kafkaTopic:KafkaTopic::topics-mssql.dbo.ORDERS",
        "confluentcloud:index/kafkaTopic:KafkaTopic::topics-dlq.snowflake",
        "dataplane:snowflake:KeyPair::snowflake-ORDERS",
        "dataplane:snowflake:KeyPair::user",
        "aws:autoscaling/group:Group::connect-workers-instances",
      ]),
    );
  });

  it("logs in with keys of its own, which are in the workers' secrets and nowhere else", () => {
    const { inputs, secrets } = named(graph, "connect-workers-secrets-version");
    expect(secrets).toEqual(["secretString"]);
    const lines = String(inputs.secretString).split("\n");
    expect(lines.filter((line) => line.startsWith("sink-")).map((line) => line.split("=")[0])).toEqual([
      "sink-snowflake.kafka.jaas",
      "sink-snowflake.registry.user.info",
      "sink-snowflake.snowflake.private.key",
    ]);
    expect(lines).toContain(`sink-snowflake.snowflake.private.key=${privateKey}`);
    expect(lines.find((line) => line.startsWith("sink-snowflake.kafka.jaas"))).toContain("sink-snowflake-kafka-key|id");
    expect(lines.find((line) => line.startsWith("sink-snowflake.registry"))).toContain(
      "sink-snowflake-registry-key|id",
    );
    const others = graph.filter(({ name }) => name !== "connect-workers-secrets-version");
    expect(JSON.stringify(others)).not.toContain(privateKey);
  });

  it("keeps every guardrail", () => {
    expect(graph.flatMap((resource) => guardrails.flatMap((guardrail) => guardrail(resource)))).toEqual([]);
  });

  it("has the passphrase of its key beside it, where there is one", async () => {
    const encrypted = await graphWith("local", {}, { hasPassphrase: true });
    const text = String(named(encrypted, "connect-workers-secrets-version").inputs.secretString);
    expect(text).toContain(`sink-snowflake.snowflake.private.key.passphrase=${passphrase}`);
    expect(configOf(named(encrypted, "connectors-sink-snowflake"))["snowflake.private.key.passphrase"]).toBe(
      "${file:/run/connect/secrets.properties:sink-snowflake.snowflake.private.key.passphrase}",
    );
  });

  it("is what a 3.x version of the connector takes, where the image has one", async () => {
    const older = await graphWith("local", { "pipeline:connect": { image, snowflakeVersion: "3.5.4" } });
    expect(configOf(named(older, "connectors-sink-snowflake"))).toMatchObject({
      "connector.class": "com.snowflake.kafka.connector.SnowflakeSinkConnector",
      "snowflake.ingestion.method": "SNOWPIPE_STREAMING",
    });
  });

  it("is paused by config, with nothing else changed, and takes settings of the user's", async () => {
    const paused = await graphWith("local", {}, { state: "paused" });
    expect(named(paused, "connectors-sink-snowflake").inputs.state).toBe("paused");
    const without = (all: readonly Registration[]) => all.filter(({ name }) => name !== "connectors-sink-snowflake");
    expect(without(paused)).toEqual(without(graph));
    const tuned = await graphWith("local", {}, { settings: { "tasks.max": "6" } });
    expect(configOf(named(tuned, "connectors-sink-snowflake"))["tasks.max"]).toBe("6");
  });

  it("shares the work among as many tasks as the workers have processors", async () => {
    const bigger = await graphWith("local", { "pipeline:connect": { image, workers: 2 } });
    expect(configOf(named(bigger, "connectors-sink-snowflake"))["tasks.max"]).toBe("4");
  });

  it("is not there when its stage has no such target, and nor are its secrets", async () => {
    const lake = await graphWith("local", { "pipeline:targets": ["lake"] });
    expect(lake.filter(({ name }) => name.includes("snowflake"))).toEqual([]);
    expect(String(named(lake, "connect-workers-secrets-version").inputs.secretString)).not.toContain("sink-snowflake");
  });
});

it("a second target with another database touches nothing of the first", async () => {
  const finance = { "pipeline:finance": { organization: "EXAMPLE", account: "FINANCE" } };
  const [one, both] = [await graphWith("local"), await graphWith("local", finance, { second: "finance" })];
  const left = both.filter(({ name }) => !name.includes("finance"));
  const differing = left.filter((item, index) => JSON.stringify(item) !== JSON.stringify(one[index]));
  // The workers' secrets grow by the second one's, and the list of topics by its dead letters.
  expect(differing.map(({ name }) => name).sort()).toEqual([
    "connect-workers-secrets-version",
    "connectors-mssql",
    "connectors-mysql",
    "connectors-sink-snowflake",
    "topics",
  ]);
  for (const name of ["connectors-mssql", "connectors-mysql", "connectors-sink-snowflake"]) {
    // They wait for one more topic, and are what they were.
    expect(named(both, name).inputs).toEqual(named(one, name).inputs);
  }
  expect(configOf(named(both, "connectors-sink-finance"))).toMatchObject({
    "snowflake.database.name": "FINANCE",
    "errors.deadletterqueue.topic.name": "dlq.finance",
    "snowflake.private.key": "${file:/run/connect/secrets.properties:sink-finance.snowflake.private.key}",
  });
  expect(both.filter(({ name }) => name.startsWith("sink-finance")).map(({ type }) => type)).toContain(
    "confluentcloud:index/serviceAccount:ServiceAccount",
  );
});

describe("on a host of the user's", () => {
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphWith("dev", { "pipeline:connect": { placement: "onPremises", image } });
  });

  it("is in the bundle, with where its secrets come from, and without them", () => {
    const files = named(graph, "connect-bundle-files").inputs.files as Record<string, string>;
    const { connectors } = JSON.parse(files["connectors.json"] ?? "") as { connectors: Record<string, unknown> };
    expect(Object.keys(connectors)).toEqual(["mssql", "mysql", "sink-snowflake"]);
    expect(files["secrets.properties.example"]).toContain(
      "# Private key of U in Snowflake: PKCS#8, in one line, without its first and last.\nsink-snowflake.snowflake.private.key=\n",
    );
    expect(files["secrets.properties.example"]).not.toContain("passphrase");
    expect(JSON.stringify(files)).not.toContain(privateKey);
  });

  it("has its secrets in the host's, as a secret output", () => {
    const { inputs, secrets } = named(graph, "outputs");
    expect(secrets).toEqual(["secrets"]);
    expect(String(inputs.secrets)).toContain(`sink-snowflake.snowflake.private.key=${privateKey}`);
  });
});

describe("a target whose sink Confluent runs", () => {
  const managed = {
    "pipeline:connect": { placement: "managed" },
    "pipeline:mssql": { host: "h", user: "u", tls: "trust", password: "hush" },
  };
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphWith("prod", managed, { hasPassphrase: true });
  });

  it("has Confluent's connector, with the private key among the secrets only", () => {
    const { inputs, secrets, parent, protect } = named(graph, "connect-sink-snowflake-connector");
    expect(parent).toBe("pipeline:connect:ManagedSink::connect-sink-snowflake");
    expect(protect).toBe(false);
    expect(inputs.configNonsensitive).toMatchObject({
      name: "sink-snowflake",
      "connector.class": "SnowflakeSink",
      topics: "ORDERS_ENRICHED,mssql.dbo.ORDERS,mysql.customers",
      "kafka.service.account.id": "«confluentcloud:index/serviceAccount:ServiceAccount::sink-snowflake-account|id»",
    });
    expect(inputs.configSensitive).toEqual({
      "snowflake.private.key": privateKey,
      "snowflake.private.key.passphrase": passphrase,
    });
    expect(secrets.filter((path) => !path.startsWith("configSensitive"))).toEqual([]);
    const others = graph.filter(({ name }) => name !== "connect-sink-snowflake-connector");
    expect(JSON.stringify(others)).not.toContain(privateKey);
  });

  it("starts when its rights, its topics and its tables are there, and is looked at", () => {
    expect(named(graph, "connect-sink-snowflake-connector").dependsOn).toEqual(
      expect.arrayContaining([
        "confluentcloud:index/kafkaAcl:KafkaAcl::sink-snowflake-read-topic-mssql.*",
        "confluentcloud:index/kafkaTopic:KafkaTopic::topics-mssql.dbo.ORDERS",
        "dataplane:snowflake:KeyPair::snowflake-ORDERS",
        "dataplane:snowflake:KeyPair::user",
      ]),
    );
    expect(named(graph, "connect-sink-snowflake-status").inputs.name).toBe("sink-snowflake");
  });

  it("is paused by config", async () => {
    const paused = await graphWith("prod", managed, { state: "paused" });
    expect(named(paused, "connect-sink-snowflake-connector").inputs.status).toBe("PAUSED");
  });
});
