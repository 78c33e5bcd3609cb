import { graphOf, kind, named, ofKind, type Registration } from "./harness.ts";

const cluster = "confluentcloud:index/kafkaCluster:KafkaCluster::kafka-cluster";
const environment = "confluentcloud:index/environment:Environment::kafka-environment";
const adminKey = (part: string) => `confluentcloud:index/apiKey:ApiKey::kafka-admin-${part}-key`;

const crn = (item: Registration) => String(item.inputs.crnPattern);
const dataTopics = ["topics-ORDERS_ENRICHED", "topics-mssql.dbo.ORDERS", "topics-mysql.customers"];

describe.each(["local", "dev", "prod"])("the graph of stack %s", (stack) => {
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphOf(stack);
  });

  it("has every data topic and an account for every purpose", () => {
    expect(ofKind(graph, "KafkaTopic").map(({ name }) => name)).toEqual(expect.arrayContaining(dataTopics));
    expect(
      ofKind(graph, "ServiceAccount")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["kafka-admin", "ksqldb-account", "sink-lake-account", "sink-snowflake-account", "workers-account"]);
  });

  it("parents every resource to a component, under a name that starts with the component's", () => {
    const components = graph.filter(({ custom }) => !custom);
    const parents = new Map(components.map((component) => [component.urn, component.name]));
    const strays = graph
      .filter(({ custom }) => custom)
      .filter(({ parent, name }) => !name.startsWith(`${parents.get(parent) ?? "?"}-`));
    expect(strays.map(({ urn }) => urn)).toEqual([]);
    expect(components.every(({ type }) => /^pipeline:[a-z]+:[A-Z]\w+$/.test(type))).toBe(true);
  });

  it("gives no two resources one name, and no two accounts one display name", () => {
    expect(new Set(graph.map(({ urn }) => urn)).size).toBe(graph.length);
    const displayNames = ofKind(graph, "ServiceAccount").map(({ inputs }) => String(inputs.displayName));
    expect(new Set(displayNames).size).toBe(displayNames.length);
    expect(displayNames.every((name) => name.startsWith(`pipeline-${stack}-`) && name.length <= 64)).toBe(true);
  });

  it("makes binding, then key, then what the key makes", () => {
    const bindings = { kafka: "kafka-admin-cluster", registry: "kafka-admin-subjects" };
    for (const [part, binding] of Object.entries(bindings)) {
      expect(named(graph, `kafka-admin-${part}-key`).dependsOn).toContain(named(graph, binding).urn);
    }
    const users = ofKind(graph, "KafkaTopic", "KafkaAcl");
    expect(users.filter((item) => !item.dependsOn.includes(adminKey("kafka")))).toEqual([]);
    const settings = ofKind(graph, "SubjectConfig", "SchemaRegistryClusterConfig");
    expect(settings.length).toBeGreaterThan(3);
    expect(settings.filter((item) => !item.dependsOn.includes(adminKey("registry")))).toEqual([]);
  });

  it("makes an account's keys after its rights, so that destroy takes the keys first", () => {
    for (const key of ofKind(graph, "ApiKey").filter(({ name }) => !name.startsWith("kafka-admin"))) {
      const rights = ofKind(graph, "KafkaAcl", "RoleBinding").filter(({ parent }) => parent === key.parent);
      expect(rights.length).toBeGreaterThan(0);
      expect(key.dependsOn).toEqual(expect.arrayContaining(rights.map(({ urn }) => urn)));
    }
  });

  it("waits for the provider only where something needs it at once", () => {
    const waiting = ofKind(graph, "RoleBinding", "ApiKey").filter(({ inputs }) => inputs.disableWaitForReady !== true);
    const rolesOfQueries = stack === "prod" ? ["group", "subject", "topic"] : ["subject"];
    expect(waiting.map(({ name }) => name).sort()).toEqual(
      [
        "kafka-admin-cluster",
        "kafka-admin-kafka-key",
        "kafka-admin-registry-key",
        "kafka-admin-subjects",
        // ksqlDB's queries use these at once, and they do not ask again as our own client does.
        ...rolesOfQueries.map((kind) => `streams-ResourceOwner-${kind}-_confluent-ksql-PREFIX*`),
        ...(stack === "prod"
          ? ["streams-DeveloperWrite-transactional-id-PREFIX", "streams-ResourceOwner-topic-PREFIX*"]
          : []),
      ].sort(),
    );
  });

  it("keeps credentials secret, and knows no other secret", () => {
    const secret = new Set(graph.flatMap((item) => item.secrets.map((path) => `${kind(item)} ${path}`)));
    expect([...secret].sort()).toEqual(
      [...new Set(ofKind(graph, "KafkaTopic", "KafkaAcl", "SubjectConfig", "SchemaRegistryClusterConfig").map(kind))]
        .map((name) => `${name} credentials`)
        .concat("Parameter value", "SecretVersion secretString", "Statement key", "Statement secret")
        .concat("Connector configSensitive", "ManagedStatus secretSettings")
        .concat(stack === "local" ? ["ManagedStatus apiKey"] : [])
        .concat(stack === "prod" ? [] : ["InternalTopics secret"])
        .sort(),
    );
    expect(ofKind(graph, "KafkaTopic").every(({ secrets }) => secrets.includes("credentials"))).toBe(true);
    const others = graph.filter(({ name }) => name !== "connect-workers-secrets-version");
    expect(JSON.stringify(others)).not.toContain("hush");
  });

  it("skips a deletion only where the deletion of something else really does it", () => {
    const goesWith = new Set(
      graph
        .filter(({ deletedWith }) => deletedWith !== "")
        .map((item) => `${kind(item)} with ${item.deletedWith.split("::")[0]?.split(":").at(-1) ?? ""}`),
    );
    const allowed = [
      "ApiKey with ServiceAccount",
      ...[
        "BucketLifecycleConfiguration",
        "BucketOwnershipControls",
        "BucketPolicy",
        "BucketPublicAccessBlock",
        "BucketServerSideEncryptionConfiguration",
        "BucketVersioning",
      ].map((setting) => `${setting} with Bucket`),
      // What is dropped takes along what is in it, and the grants on it.
      "GrantAccountRole with ServiceUser",
      ...["Database", "Schema", "Table", "View", "Warehouse"].map(
        (kind) => `GrantPrivilegesToAccountRole with ${kind}`,
      ),
      ...["Schema", "Table", "View"].map((kind) => `${kind} with Database`),
      "InternalTopics with KafkaCluster",
      "KafkaAcl with KafkaCluster",
      "KafkaTopic with KafkaCluster",
      "RoleBinding with ServiceAccount",
      "SchemaRegistryClusterConfig with Environment",
      "SubjectConfig with Environment",
    ];
    expect([...goesWith].filter((pair) => !allowed.includes(pair))).toEqual([]);
    expect(ofKind(graph, "KafkaTopic").every(({ deletedWith }) => deletedWith === cluster)).toBe(true);
    expect(ofKind(graph, "SubjectConfig").every(({ deletedWith }) => deletedWith === environment)).toBe(true);
  });

  it("sets the compatibility of every key so that no key changes its type", () => {
    const levels = ofKind(graph, "SubjectConfig").map(({ inputs }) => [inputs.subjectName, inputs.compatibilityLevel]);
    expect(levels.sort()).toEqual([
      ["ORDERS_ENRICHED-key", "FULL"],
      ["mssql.dbo.ORDERS-key", "FULL"],
      ["mysql.customers-key", "FULL"],
    ]);
  });
});

describe("what differs between a demo and a durable stack", () => {
  it("protects nothing in a demo", async () => {
    for (const stack of ["local", "dev"]) {
      expect((await graphOf(stack)).filter(({ protect }) => protect)).toEqual([]);
    }
  });

  it("protects what holds data, and just that, in a durable one", async () => {
    const graph = await graphOf("prod");
    expect(
      graph
        .filter(({ protect }) => protect)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(
      [
        "kafka-environment",
        "kafka-cluster",
        ...dataTopics,
        "topics-_connect.configs",
        "topics-_connect.offsets",
        "topics-_connect.status",
        "topics-_history.mssql",
        "topics-_history.mysql",
        "topics-dlq.snowflake",
        "streams-cluster",
        "lake-lake-bucket",
        ...["database", "landing", "landing-CUSTOMERS", "landing-ORDERS", "landing-ORDERS_ENRICHED"].map(
          (part) => `warehouse-snowflake-${part}`,
        ),
      ].sort(),
    );
  });

  it("gives rights by ACL on basic, by role elsewhere, and on subjects by role in both", async () => {
    const dev = await graphOf("dev");
    const prod = await graphOf("prod");
    expect(ofKind(dev, "KafkaAcl").length).toBeGreaterThan(20);
    expect(ofKind(dev, "RoleBinding").filter((item) => /\/(topic|group)=/.test(crn(item)))).toEqual([]);
    expect(
      ofKind(prod, "KafkaAcl")
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      "ksqldb-describe-cluster-kafka-cluster",
      "ksqldb-describe-group-*",
      "ksqldb-describe-topic-*",
      "ksqldb-describe_configs-cluster-kafka-cluster",
      "ksqldb-describe_configs-group-*",
      "ksqldb-describe_configs-topic-*",
    ]);
    expect(ofKind(prod, "RoleBinding").map(crn)).toContain(
      "«confluentcloud:index/kafkaCluster:KafkaCluster::kafka-cluster|rbacCrn»/kafka=" +
        "«confluentcloud:index/kafkaCluster:KafkaCluster::kafka-cluster|id»/topic=mssql.*",
    );
    for (const graph of [dev, prod]) {
      expect(ofKind(graph, "RoleBinding").map(crn)).toContain(
        "«confluentcloud:index/getSchemaRegistryCluster:getSchemaRegistryCluster|resourceName»/subject=mssql.*",
      );
    }
  });
});

describe("what the configuration decides", () => {
  it.each([
    ["basic", {}, { basic: {} }],
    ["standard", {}, { standard: {} }],
    ["dedicated", {}, { dedicated: { cku: 1 } }],
    ["dedicated", { cku: 4, availability: "MULTI_ZONE" }, { dedicated: { cku: 4 } }],
  ])("makes a cluster of type %s %j", async (type, rest, block) => {
    const graph = await graphOf("dev", { "pipeline:kafka": { type, ...rest } });
    const { inputs } = named(graph, "kafka-cluster");
    expect(inputs).toMatchObject({
      cloud: "AWS",
      region: "us-east-1",
      availability: "SINGLE_ZONE",
      ...rest2(rest),
      ...block,
    });
    expect(["basic", "standard", "dedicated"].filter((name) => name in inputs)).toEqual([type]);
  });

  function rest2({ availability }: { cku?: number; availability?: string }) {
    return availability === undefined ? {} : { availability };
  }

  it("makes stage 0 of one source, one target and their topics", async () => {
    const graph = await graphOf("dev", { "pipeline:stage": 0 });
    expect(
      ofKind(graph, "KafkaTopic")
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      "topics-_connect.configs",
      "topics-_connect.offsets",
      "topics-_connect.status",
      "topics-_heartbeat.mssql",
      "topics-_history.mssql",
      "topics-dlq.snowflake",
      "topics-mssql.dbo.ORDERS",
    ]);
  });

  it("registers nothing when anything is wrong", async () => {
    await expect(graphOf("dev", { "pipeline:kafka": { type: "tiny" } })).rejects.toThrow(
      "Stack dev has 1 mistake; nothing was changed.",
    );
  });
});
