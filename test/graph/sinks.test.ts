import { generateKeyPairSync } from "node:crypto";
import { pipeline } from "../../pipeline.ts";
import { guardrails } from "../../policy/guardrails.ts";
import { graphOf, named, ofKind, outputOf, type Registration } from "./harness.ts";

const image = `registry.example.com/connect@sha256:${"0123456789abcdef".repeat(4)}`;
const passphrase = "correct horse";
/** A pair of the user's own, whose private half is encrypted. */
const own = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase },
});
const ownKeys = { loaderKeys: [own.publicKey], loaderKey: own.privateKey, loaderKeyPassphrase: passphrase };
const oneLine = (pem: string) => pem.split("\n").slice(1, -2).join("");
/** That of the pair that the stack makes, once it is known. */
const privateKey = "dataplane:snowflake:KeyPair::warehouse-snowflake-key-1|privateKey";
const landing = (table: string) => `snowflake:index/table:Table::warehouse-snowflake-landing-${table}`;
const topic = (name: string) => `confluentcloud:index/kafkaTopic:KafkaTopic::topics-${name}`;
const bothIds = (table: string, name: string) => `«${landing(table)}|id» «${topic(name)}|id»`;

/** The loader with its key and its role, what that may do, and the table's log of errors. */
const ready = [
  "snowflake:index/grantAccountRole:GrantAccountRole::warehouse-snowflake-loader-role",
  "snowflake:index/grantPrivilegesToAccountRole:GrantPrivilegesToAccountRole::warehouse-snowflake-loader-insert-table-ORDERS",
  "snowflake:index/execute:Execute::warehouse-snowflake-errors-ORDERS",
];

/** The target's group in stack `local`, with some keys changed. */
const snowflake = (changes: Record<string, unknown>) => ({
  "pipeline:snowflake": { organization: "SANDBOX", account: "SANDBOX", ...changes },
});
const configOf = ({ inputs }: Registration) => inputs.config as Record<string, string>;

describe("a target on workers of our own", () => {
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphOf("local");
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
        "snowflake.database.name": "PIPELINE_LOCAL",
        "snowflake.private.key": "${file:/run/connect/secrets.properties:sink-snowflake.snowflake.private.key}",
        "value.converter.schema.registry.url": expect.stringContaining("restEndpoint") as string,
      },
      tables: {
        ORDERS: bothIds("ORDERS", "mssql.dbo.ORDERS"),
        CUSTOMERS: bothIds("CUSTOMERS", "mysql.customers"),
        ORDERS_ENRICHED: bothIds("ORDERS_ENRICHED", "ORDERS_ENRICHED"),
      },
    });
    // Two sources, and the lake's sink, which Confluent runs.
    expect(ofKind(graph, "Connector")).toHaveLength(4);
  });

  it("starts when its topics, its tables, and whoever it logs in as are there", () => {
    expect(named(graph, "connectors-sink-snowflake").dependsOn).toEqual(
      expect.arrayContaining([
        topic("mssql.dbo.ORDERS"),
        topic("dlq.snowflake"),
        landing("ORDERS"),
        ...ready,
        "aws:autoscaling/group:Group::connect-workers-instances",
      ]),
    );
  });

  it("logs in with keys of its own, which are in a parameter of its own and nowhere else", () => {
    const { inputs, secrets } = named(graph, "connect-sink-snowflake-secrets");
    expect(secrets).toEqual(["value"]);
    expect(inputs).toMatchObject({
      name: "/pipeline-local-workers/sinks/snowflake",
      type: "SecureString",
      tier: "Intelligent-Tiering",
    });
    const lines = String(inputs.value).split("\n");
    expect(lines.map((line) => line.split("=")[0])).toEqual([
      "sink-snowflake.kafka.jaas",
      "sink-snowflake.registry.user.info",
      "sink-snowflake.snowflake.private.key",
    ]);
    expect(lines.find((line) => line.startsWith("sink-snowflake.snowflake"))).toContain(privateKey);
    expect(lines.find((line) => line.startsWith("sink-snowflake.kafka.jaas"))).toContain("sink-snowflake-kafka-key|id");
    expect(lines.find((line) => line.startsWith("sink-snowflake.registry"))).toContain(
      "sink-snowflake-registry-key|id",
    );
    const others = graph.filter(({ name }) => name !== "connect-sink-snowflake-secrets");
    expect(JSON.stringify(others)).not.toContain(privateKey);
    expect(String(named(graph, "connect-workers-secrets-version").inputs.secretString)).not.toContain("sink-");
  });

  it("starts anew with another version of them, and when they are there", () => {
    const connector = named(graph, "connectors-sink-snowflake");
    const parameter = "aws:ssm/parameter:Parameter::connect-sink-snowflake-secrets";
    expect(configOf(connector)["reconcile.secrets"]).toBe(`«${parameter}|version»`);
    expect(connector.dependsOn).toContain(parameter);
  });

  it("keeps every guardrail", () => {
    expect(graph.flatMap((resource) => guardrails.flatMap((guardrail) => guardrail(resource)))).toEqual([]);
  });

  it("has the passphrase of its key beside it, where there is one", async () => {
    const encrypted = await graphOf("local", snowflake(ownKeys), ["pipeline:snowflake"]);
    const text = String(named(encrypted, "connect-sink-snowflake-secrets").inputs.value);
    expect(text).toContain(`sink-snowflake.snowflake.private.key=${oneLine(own.privateKey)}\n`);
    expect(text).toContain(`sink-snowflake.snowflake.private.key.passphrase=${passphrase}`);
    expect(configOf(named(encrypted, "connectors-sink-snowflake"))["snowflake.private.key.passphrase"]).toBe(
      "${file:/run/connect/secrets.properties:sink-snowflake.snowflake.private.key.passphrase}",
    );
  });

  it("is what a 3.x version of the connector takes, where the image has one", async () => {
    const older = await graphOf("local", { "pipeline:connect": { image, snowflakeVersion: "3.5.4" } });
    expect(configOf(named(older, "connectors-sink-snowflake"))).toMatchObject({
      "connector.class": "com.snowflake.kafka.connector.SnowflakeSinkConnector",
      "snowflake.ingestion.method": "SNOWPIPE_STREAMING",
    });
  });

  it("is paused by config, with nothing else changed, and takes settings of the user's", async () => {
    const paused = await graphOf("local", snowflake({ paused: true }));
    expect(named(paused, "connectors-sink-snowflake").inputs.state).toBe("paused");
    const without = (all: readonly Registration[]) => all.filter(({ name }) => name !== "connectors-sink-snowflake");
    expect(without(paused)).toEqual(without(graph));
    const tuned = await graphOf("local", snowflake({ settings: { "tasks.max": "6" } }));
    expect(configOf(named(tuned, "connectors-sink-snowflake"))["tasks.max"]).toBe("6");
  });

  it("shares the work among as many tasks as the workers have processors", async () => {
    const bigger = await graphOf("local", { "pipeline:connect": { image, workers: 2 } });
    expect(configOf(named(bigger, "connectors-sink-snowflake"))["tasks.max"]).toBe("4");
  });

  it("is not there when its stage has no such target, and nor are its secrets", async () => {
    const lake = await graphOf("local", { "pipeline:targets": ["lake"] });
    expect(lake.filter(({ name }) => name.includes("snowflake"))).toEqual([]);
    expect(ofKind(lake, "Parameter")).toEqual([]);
  });
});

it("a second target with another database touches nothing of the first", async () => {
  const finance = { "pipeline:finance": { organization: "EXAMPLE", account: "MONEY", database: "FINANCE" } };
  const targets = { ...pipeline.targets, finance: { kind: "snowflake" as const } };
  const [one, both] = [await graphOf("local"), await graphOf("local", finance, [], { ...pipeline, targets })];
  const left = both.filter(({ name }) => !name.includes("finance"));
  const differing = left.filter((item, index) => JSON.stringify(item) !== JSON.stringify(one[index]));
  // The list of topics grows by the second one's dead letters.
  expect(differing.map(({ name }) => name).sort()).toEqual([
    "connectors-mssql",
    "connectors-mysql",
    "connectors-sink-snowflake",
    "statements-CUSTOMERS",
    "statements-ORDERS",
    "statements-ORDERS_ENRICHED",
    "topics",
  ]);
  for (const { name } of differing.filter(({ name }) => /^(connectors|statements)-/.test(name))) {
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
  const onPremises = { "pipeline:connect": { placement: "onPremises", image } };
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphOf("dev", onPremises);
  });

  it("is in the bundle, with where its secrets come from, and without them", () => {
    const files = named(graph, "connect-bundle-files").inputs.files as Record<string, string>;
    const { connectors } = JSON.parse(files["connectors.json"] ?? "") as { connectors: Record<string, unknown> };
    expect(Object.keys(connectors)).toEqual(["mssql", "mysql", "sink-snowflake"]);
    expect(files["secrets.properties.example"]).toContain(
      "# Private key of PIPELINE_DEV_LOADER in Snowflake: PKCS#8, in one line, without its first and last.\nsink-snowflake.snowflake.private.key=\n",
    );
    expect(files["secrets.properties.example"]).not.toContain("passphrase");
    expect(connectors["sink-snowflake"]).not.toHaveProperty(["config", "reconcile.secrets"]);
    expect(ofKind(graph, "Parameter")).toEqual([]);
    expect(JSON.stringify(files)).not.toContain(privateKey);
  });

  it("has its secrets in the host's, as a secret output", async () => {
    const { value, isSecret } = await outputOf("secrets", "dev", onPremises);
    expect(isSecret).toBe(true);
    expect(String(value).split("\n")).toContain(`sink-snowflake.snowflake.private.key=\\u00ab${privateKey}\\u00bb`);
  });
});

describe("a target whose sink Confluent runs", () => {
  const managed = {
    "pipeline:connect": { placement: "managed" },
    "pipeline:mssql": { host: "h", user: "u", tls: "trust", password: "hush" },
  };
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphOf("prod", { ...managed, ...snowflake(ownKeys) }, ["pipeline:snowflake"]);
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
      "snowflake.private.key": oneLine(own.privateKey),
      "snowflake.private.key.passphrase": passphrase,
    });
    expect(secrets.filter((path) => !path.startsWith("configSensitive"))).toEqual([]);
    const others = graph.filter(({ name }) => name !== "connect-sink-snowflake-connector");
    expect(JSON.stringify(others)).not.toContain(oneLine(own.privateKey));
  });

  it("starts when its rights, its topics and its tables are there, and is looked at", () => {
    expect(named(graph, "connect-sink-snowflake-connector").dependsOn).toEqual(
      expect.arrayContaining([
        "confluentcloud:index/roleBinding:RoleBinding::sink-snowflake-DeveloperRead-topic-mssql.*",
        topic("mssql.dbo.ORDERS"),
        landing("ORDERS"),
        ...ready,
      ]),
    );
    expect(named(graph, "connect-sink-snowflake-status").inputs.name).toBe("sink-snowflake");
  });

  it("is paused by config", async () => {
    const paused = await graphOf("prod", { ...managed, ...snowflake({ paused: true }) });
    expect(named(paused, "connect-sink-snowflake-connector").inputs.status).toBe("PAUSED");
  });
});
