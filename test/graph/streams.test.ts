import { graphOf, named, ofKind, type Registration } from "./harness.ts";

const namesOf = (graph: readonly Registration[], ...kinds: string[]) =>
  ofKind(graph, ...kinds)
    .map(({ name }) => name)
    .sort();
const statement = (name: string) => `dataplane:ksqldb:Statement::statements-${name}`;
const ksql = "confluentcloud:index/ksqlCluster:KsqlCluster::streams-cluster";

describe.each(["dev", "prod"])("ksqlDB of stack %s", (stack) => {
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphOf(stack);
  });

  it("is a cluster that runs as its account", () => {
    const cluster = named(graph, "streams-cluster");
    expect(cluster.parent).toBe("pipeline:streams:KsqlCluster::streams");
    expect(cluster.inputs).toEqual({
      displayName: `pipeline-${stack}-ksqldb`,
      csu: 1,
      environment: { id: "«confluentcloud:index/environment:Environment::kafka-environment|id»" },
      kafkaCluster: { id: "«confluentcloud:index/kafkaCluster:KafkaCluster::kafka-cluster|id»" },
      credentialIdentity: { id: "«confluentcloud:index/serviceAccount:ServiceAccount::ksqldb-account|id»" },
      useDetailedProcessingLog: false,
    });
  });

  it("is made after Schema Registry's roles, is never skipped when Kafka goes, and lasts where the stack does", () => {
    const cluster = named(graph, "streams-cluster");
    const roles = ofKind(graph, "RoleBinding").filter(
      ({ parent, inputs }) =>
        parent === "pipeline:kafka:Account::ksqldb" && String(inputs.crnPattern).includes("/subject="),
    );
    expect(roles.length).toBeGreaterThan(3);
    expect(cluster.dependsOn).toEqual(expect.arrayContaining(roles.map(({ urn }) => urn)));
    expect(cluster.deletedWith).toBe("");
    expect(cluster.protect).toBe(stack === "prod");
  });

  it("may do with its internal topics what it wants, whatever they will be called", () => {
    const prefix = `«${ksql}|topicPrefix»`;
    const kafka = "confluentcloud:index/kafkaCluster:KafkaCluster::kafka-cluster";
    const own = ofKind(graph, "KafkaAcl", "RoleBinding").filter(({ parent }) => parent.endsWith("::streams"));
    const rights = own.map(({ inputs }) =>
      inputs.crnPattern === undefined
        ? ["operation", "resourceType", "patternType", "resourceName"].map((part) => String(inputs[part])).join(" ")
        : ["roleName", "crnPattern"].map((part) => String(inputs[part])).join(" "),
    );
    const inKafka = `«${kafka}|rbacCrn»/kafka=«${kafka}|id»`;
    const registry = "«confluentcloud:index/getSchemaRegistryCluster:getSchemaRegistryCluster|resourceName»";
    expect(rights.sort()).toEqual(
      [
        ...(stack === "dev"
          ? [
              `DESCRIBE TRANSACTIONAL_ID LITERAL ${prefix}`,
              `WRITE TRANSACTIONAL_ID LITERAL ${prefix}`,
              `ALL TOPIC PREFIXED ${prefix}`,
              `ALL TOPIC PREFIXED _confluent-ksql-${prefix}`,
              `ALL GROUP PREFIXED _confluent-ksql-${prefix}`,
            ]
          : [
              `DeveloperWrite ${inKafka}/transactional-id=${prefix}`,
              `ResourceOwner ${inKafka}/topic=${prefix}*`,
              `ResourceOwner ${inKafka}/topic=_confluent-ksql-${prefix}*`,
              `ResourceOwner ${inKafka}/group=_confluent-ksql-${prefix}*`,
            ]),
        `ResourceOwner ${registry}/subject=_confluent-ksql-${prefix}*`,
        `KsqlAdmin «${ksql}|resourceName»`,
      ].sort(),
    );
  });

  it("takes statements with a key that nothing waits for", () => {
    const key = named(graph, "streams-key");
    expect(key.inputs).toMatchObject({
      owner: { id: "«confluentcloud:index/serviceAccount:ServiceAccount::ksqldb-account|id»" },
      managedResource: { id: `«${ksql}|id»`, apiVersion: `«${ksql}|apiVersion»`, kind: `«${ksql}|kind»` },
      disableWaitForReady: true,
    });
    expect(key.dependsOn).toContain("confluentcloud:index/roleBinding:RoleBinding::streams-admin");
  });

  it("is given each statement with what it needs, in secret what is secret", () => {
    expect(namesOf(graph, "Statement")).toEqual([
      "statements-CUSTOMERS",
      "statements-ORDERS",
      "statements-ORDERS_ENRICHED",
    ]);
    const enriched = named(graph, "statements-ORDERS_ENRICHED");
    expect(enriched.parent).toBe("pipeline:streams:Statements::statements");
    expect(enriched.inputs).toEqual({
      endpoint: `«${ksql}|restEndpoint»`,
      key: "«confluentcloud:index/apiKey:ApiKey::streams-key|id»",
      secret: "«confluentcloud:index/apiKey:ApiKey::streams-key|secret»",
      file: "sql/ksqldb/ORDERS_ENRICHED.sql",
      sql: expect.stringMatching(/^CREATE STREAM ORDERS_ENRICHED WITH \(.*\) AS SELECT .* EMIT CHANGES$/) as string,
      plan: expect.objectContaining({
        kind: "createAs",
        name: "ORDERS_ENRICHED",
        reads: ["ORDERS", "CUSTOMERS"],
      }) as object,
      reads: { ORDERS: `«${statement("ORDERS")}|revision»`, CUSTOMERS: `«${statement("CUSTOMERS")}|revision»` },
      onReplacement: stack === "prod" ? "keep topic" : "delete topic",
      reprocess: "from beginning",
      deleteTopic: false,
    });
    expect([...enriched.secrets].sort()).toEqual(["key", "secret"]);
    expect(named(graph, "statements-ORDERS").inputs).toMatchObject({
      file: "pipeline.ts",
      reads: {},
      onReplacement: "keep topic",
      deleteTopic: false,
    });
  });

  it("runs a statement after what it reads, its topics, the rights and the connectors, and beside what it does not read", () => {
    const enriched = named(graph, "statements-ORDERS_ENRICHED").dependsOn;
    const rights = ofKind(graph, "KafkaAcl", "RoleBinding").filter(({ parent }) =>
      ["pipeline:kafka:Account::ksqldb", "pipeline:streams:KsqlCluster::streams"].includes(parent),
    );
    expect(enriched).toEqual(
      expect.arrayContaining([
        statement("ORDERS"),
        statement("CUSTOMERS"),
        "confluentcloud:index/kafkaTopic:KafkaTopic::topics-mssql.dbo.ORDERS",
        "confluentcloud:index/kafkaTopic:KafkaTopic::topics-mysql.customers",
        "confluentcloud:index/kafkaTopic:KafkaTopic::topics-ORDERS_ENRICHED",
        "dataplane:connect:Connector::connectors-mssql",
        "dataplane:connect:Connector::connectors-mysql",
        ksql,
        ...rights.filter(({ parent }) => parent.endsWith("::streams")).map(({ urn }) => urn),
      ]),
    );
    expect(named(graph, "statements-ORDERS").dependsOn).not.toContain(statement("CUSTOMERS"));
    expect(named(graph, "statements-CUSTOMERS").dependsOn).not.toContain(statement("ORDERS"));
  });

  it("leaves no topics of its own behind where nothing is to be left", () => {
    const sweepers = ofKind(graph, "InternalTopics");
    expect(sweepers.map(({ inputs }) => inputs.prefix)).toEqual(stack === "dev" ? [`«${ksql}|topicPrefix»`] : []);
    // Deleted after the statements, for which the server needs them.
    for (const { urn } of sweepers) {
      expect(named(graph, "statements-ORDERS").dependsOn).toContain(urn);
    }
  });
});

describe("what is off", () => {
  it("is not there: no cluster, no account, no topic, no statement", async () => {
    const graph = await graphOf("dev", { "pipeline:stage": 1 });
    expect(graph.filter(({ type }) => /ksql|streams/i.test(type))).toEqual([]);
    expect(graph.filter(({ name }) => /^(ksqldb|streams|statements)|ENRICHED/.test(name))).toEqual([]);
  });

  it("comes, with the tables that only it reads, when it is named", async () => {
    const graph = await graphOf("dev", {
      "pipeline:stage": 2,
      "pipeline:transformations": ["ORDERS_ENRICHED", "ORDERS_PLACED", "ORDERS_SHIPPED", "ITEM_SALES_HOURLY"],
    });
    expect(namesOf(graph, "Statement")).toEqual([
      "statements-CUSTOMERS",
      "statements-ITEM_SALES_HOURLY",
      "statements-ORDERS",
      "statements-ORDERS_ENRICHED",
      "statements-ORDERS_PLACED",
      "statements-ORDERS_SHIPPED",
      "statements-SHIPMENTS",
    ]);
    expect(named(graph, "topics-mssql.dbo.SHIPMENTS").inputs.config).toEqual({
      "cleanup.policy": "delete",
      "retention.ms": "604800000",
    });
  });

  it.each([
    [7, "604800000"],
    [30, "2592000000"],
    [-1, "604800000"],
  ])("with rows kept %d days, keeps windows in a topic as ksqlDB would make it", async (retentionDays, retention) => {
    const graph = await graphOf("dev", {
      "pipeline:stage": 2,
      "pipeline:transformations": ["ORDERS_PLACED", "ITEM_SALES_HOURLY"],
      "pipeline:kafka": { retentionDays },
    });
    expect(named(graph, "topics-ITEM_SALES_HOURLY").inputs.config).toEqual({
      "cleanup.policy": "compact,delete",
      "retention.ms": retention,
    });
  });
});

describe("a ksqlDB of the user's own", () => {
  let graph: Registration[];
  beforeAll(async () => {
    const streams = { endpoint: "https://ksqldb.example.com:8088", key: "me", secret: "hush", serviceId: "shop_" };
    graph = await graphOf("dev", { "pipeline:streams": streams }, ["pipeline:streams"]);
  });

  it("gets the statements with the key of the configuration", () => {
    expect(ofKind(graph, "KsqlCluster", "InternalTopics")).toEqual([]);
    const orders = named(graph, "statements-ORDERS");
    expect(orders.inputs).toMatchObject({ endpoint: "https://ksqldb.example.com:8088", key: "me", secret: "hush" });
    expect([...orders.secrets].sort()).toEqual(["key", "secret"]);
  });

  it("has an account with keys and with rights on what its server keeps for itself", () => {
    expect(namesOf(graph, "ApiKey")).toEqual(expect.arrayContaining(["ksqldb-kafka-key", "ksqldb-registry-key"]));
    const names = namesOf(graph, "KafkaAcl", "RoleBinding").filter((name) => name.includes("shop_"));
    expect(names).toEqual([
      "ksqldb-ResourceOwner-subject-_confluent-ksql-shop_*",
      "ksqldb-all-group-_confluent-ksql-shop_*",
      "ksqldb-all-topic-_confluent-ksql-shop_*",
      "ksqldb-all-topic-shop_*",
      "ksqldb-describe-transactional_id-shop_",
      "ksqldb-write-transactional_id-shop_",
    ]);
  });
});
