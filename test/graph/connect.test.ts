import { guardrails } from "../../policy/guardrails.ts";
import { graphOf, named, type Registration } from "./harness.ts";

const image = `registry.example.com/connect@sha256:${"0123456789abcdef".repeat(4)}`;
const password = "hush"; // of every database in graphOf

const typesOf = (graph: readonly Registration[], start: string) =>
  graph.map(({ type }) => type).filter((type) => type.startsWith(start));
const userDataOf = (graph: readonly Registration[]) =>
  Buffer.from(String(named(graph, "connect-workers-template").inputs.userData), "base64").toString();

describe("connect.placement: ec2", () => {
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphOf("local");
  });

  it("runs as many instances as declared, of one template, rolled when the template changes", () => {
    expect(named(graph, "connect-workers-instances").inputs).toMatchObject({
      minSize: 1,
      maxSize: 1,
      desiredCapacity: 1,
      forceDelete: true,
      launchTemplate: {
        id: "«aws:ec2/launchTemplate:LaunchTemplate::connect-workers-template|id»",
        version: "«aws:ec2/launchTemplate:LaunchTemplate::connect-workers-template|latestVersion»",
      },
      instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200 } },
    });
    expect(named(graph, "connect-workers-template").inputs).toMatchObject({
      instanceType: "m7g.large",
      imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    });
    expect(named(graph, "connect-workers-template").inputs.instanceMarketOptions).toBeUndefined();
  });

  it("keeps every guardrail", () => {
    expect(graph.flatMap((resource) => guardrails.flatMap((guardrail) => guardrail(resource)))).toEqual([]);
    expect(typesOf(graph, "aws:vpc/securityGroupIngressRule").length).toBeGreaterThan(0);
  });

  it("lets workers reach each other, Kafka, AWS and the databases, and nobody in", () => {
    const rules = graph.filter(({ type }) => type.startsWith("aws:vpc/securityGroup"));
    const described = rules.map(
      ({ name, inputs }) =>
        `${name}: ${String(inputs.fromPort)}-${String(inputs.toPort)} ${"cidrIpv4" in inputs ? String(inputs.cidrIpv4) : "the workers"}`,
    );
    expect(described.sort()).toEqual([
      "network-workers-in-rest: 8083-8083 the workers",
      "network-workers-out-1433: 1433-1433 0.0.0.0/0",
      "network-workers-out-3306: 3306-3306 0.0.0.0/0",
      "network-workers-out-443: 443-443 0.0.0.0/0",
      "network-workers-out-9092: 9092-9092 0.0.0.0/0",
      "network-workers-out-rest: 8083-8083 the workers",
    ]);
  });

  it("puts the workers' and sources' secrets into Secrets Manager and nowhere else", () => {
    expect(named(graph, "connect-workers-secrets-version").secrets).toEqual(["secretString"]);
    const text = String(named(graph, "connect-workers-secrets-version").inputs.secretString);
    expect(text).toContain(`mssql.password=${password}`);
    expect(text).toContain("mysql.password=");
    expect(text).toMatch(
      /^kafka\.jaas=org\.apache\.kafka\.common\.security\.plain\.PlainLoginModule required username=/m,
    );
    const others = graph.filter(({ name }) => name !== "connect-workers-secrets-version");
    expect(JSON.stringify(others)).not.toContain(password);
    expect(userDataOf(graph)).not.toContain(password);
    expect(userDataOf(graph)).toContain(
      "«aws:secretsmanager/secretVersion:SecretVersion::connect-workers-secrets-version|versionId»",
    );
  });

  it("lets the instances read what is below one path, whatever there is", async () => {
    const policyOf = (all: readonly Registration[]) => String(named(all, "connect-workers-permissions").inputs.policy);
    const { Statement } = JSON.parse(policyOf(graph)) as { Statement: { Action: string[]; Resource: string[] }[] };
    const reading = Statement.find(({ Action }) => Action.includes("ssm:GetParametersByPath"));
    expect(reading?.Action).toEqual(["ssm:GetParametersByPath", "ssm:GetParameter"]);
    expect(reading?.Resource).toEqual([
      "arn:aws:ssm:us-east-1:123456789012:parameter/pipeline-local-workers",
      "arn:aws:ssm:us-east-1:123456789012:parameter/pipeline-local-workers/*",
    ]);
    const without = await graphOf("local", { "pipeline:targets": ["lake"] });
    expect(policyOf(without)).toBe(policyOf(graph));
    expect(userDataOf(without)).toBe(userDataOf(graph));
    expect(userDataOf(graph)).toContain("path='/pipeline-local-workers'\n");
  });

  it("makes logs and permissions before instances, and topics and rights before connectors", () => {
    const template = named(graph, "connect-workers-template");
    expect(template.dependsOn).toContain("aws:cloudwatch/logGroup:LogGroup::connect-workers-logs");
    expect(named(graph, "connect-workers-profile").dependsOn).toContain(
      "aws:iam/rolePolicy:RolePolicy::connect-workers-permissions",
    );
    const connector = named(graph, "connectors-mssql");
    expect(connector.dependsOn).toEqual(
      expect.arrayContaining([
        "aws:autoscaling/group:Group::connect-workers-instances",
        "aws:ssm/document:Document::connect-workers-reconcile",
        "aws:ssm/document:Document::connect-workers-fetch-secrets",
        "confluentcloud:index/kafkaTopic:KafkaTopic::topics-mssql.dbo.ORDERS",
        "confluentcloud:index/kafkaTopic:KafkaTopic::topics-_connect.offsets",
        "confluentcloud:index/apiKey:ApiKey::workers-kafka-key",
      ]),
    );
  });

  it("waits for subnets that have a way out", () => {
    expect(named(graph, "connect-workers-instances").dependsOn).toEqual(
      expect.arrayContaining([
        "aws:ec2/routeTableAssociation:RouteTableAssociation::network-association-0",
        "aws:ec2/routeTableAssociation:RouteTableAssociation::network-association-1",
      ]),
    );
  });

  it("declares a connector for each source, whose configuration is readable and holds no secret", () => {
    const { inputs, secrets } = named(graph, "connectors-mssql");
    expect(secrets).toEqual([]);
    expect(inputs).toMatchObject({
      name: "mssql",
      owner: "pipeline-local",
      forget: true,
      config: {
        "connector.class": "io.debezium.connector.sqlserver.SqlServerConnector",
        "database.hostname": "sqlserver.sandbox.invalid",
        "database.password": "${file:/run/connect/secrets.properties:mssql.password}",
        "topic.prefix": "mssql",
        "schema.history.internal.kafka.bootstrap.servers": expect.stringContaining("bootstrapEndpoint") as string,
      },
    });
    const connectors = graph.filter(({ type }) => type === "dataplane:connect:Connector");
    expect(connectors.map(({ name }) => name).sort()).toEqual([
      "connectors-mssql",
      "connectors-mysql",
      "connectors-sink-snowflake",
    ]);
    // A source's secrets are the workers', which roll when they change.
    expect(inputs.config).not.toHaveProperty(["reconcile.secrets"]);
  });

  it("has everything of AWS in the configured region, by a provider of its own", () => {
    const ofAws = graph.filter(({ type, custom }) => custom && type.startsWith("aws:"));
    expect(ofAws.length).toBeGreaterThan(20);
    // A lake has a region of its own.
    const others = ofAws.filter(({ provider }) => provider !== "pulumi:providers:aws::aws-provider");
    expect(others.filter(({ name }) => !name.startsWith("lake-lake-"))).toEqual([]);
    expect(named(graph, "aws-provider").inputs.region).toBe("us-east-1");
  });

  it("takes a VPC that is given, Spot instances, and an image in ECR", async () => {
    const prod = await graphOf("prod");
    expect(typesOf(prod, "aws:ec2/vpc:")).toEqual([]);
    expect(named(prod, "connect-workers-instances").inputs).toMatchObject({
      desiredCapacity: 2,
      forceDelete: false,
      vpcZoneIdentifiers: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    });
    expect(String(named(prod, "connect-workers-permissions").inputs.policy)).toContain(
      "arn:aws:ecr:us-east-1:123456789012:repository/connect",
    );
    expect(named(prod, "connectors-mssql").inputs.forget).toBe(false);
    expect(named(await graphOf("dev"), "connect-workers-template").inputs.instanceMarketOptions).toEqual({
      marketType: "spot",
    });
  });

  it("rolls the workers for what they run, and for nothing else", async () => {
    const changed = async (changes: Record<string, unknown>) =>
      userDataOf(await graphOf("local", changes)) !== userDataOf(graph);
    expect(await changed({ "pipeline:connect": { image } })).toBe(true);
    expect(await changed({ "pipeline:kafka": { partitions: 12 } })).toBe(false);
    expect(await changed({ "pipeline:stage": 1 })).toBe(false);
  });
});

describe("connect.placement: onPremises", () => {
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphOf("dev", { "pipeline:connect": { placement: "onPremises", image } });
  });

  it("makes nothing in AWS but the lake", () => {
    const inAws = graph.filter(({ type }) => type.startsWith("aws:") || type.startsWith("pulumi:providers:aws"));
    expect(inAws.filter(({ name }) => !/^(lake|aws)-lake-/.test(name))).toEqual([]);
  });

  it("declares the files of the host, so that a change shows in the preview", () => {
    const files = named(graph, "connect-bundle-files").inputs.files as Record<string, string>;
    expect(Object.keys(files).sort()).toEqual([
      ".gitignore",
      "README.md",
      "compose.yaml",
      "connectors.json",
      "no-connectors.json",
      "pipeline-connect.service",
      "secrets.properties.example",
      "worker.properties",
    ]);
    expect(JSON.stringify(files)).not.toContain(password);
    expect(files["compose.yaml"]).toContain(image);
    expect(files["worker.properties"]).toContain("group.id=connect-workers");
  });

  it("reaches the workers over their REST interface where it may, else not at all", async () => {
    expect(named(graph, "connectors-mssql").inputs.reach).toEqual({ by: "bundle" });
    const connect = { placement: "onPremises", image, url: "http://connect.lan:8083" };
    const reached = await graphOf("dev", { "pipeline:connect": connect });
    expect(named(reached, "connectors-mssql").inputs.reach).toEqual({ by: "rest", url: connect.url });
  });

  it("gives the host's secrets as a secret output only", () => {
    const others = graph.filter(({ secrets }) => secrets.length === 0);
    expect(JSON.stringify(others)).not.toContain(password);
  });
});

describe("connect.placement: managed", () => {
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphOf("prod", {
      "pipeline:connect": { placement: "managed" },
      "pipeline:mssql": { host: "sql.example.com", user: "cdc", password, tls: "trust" },
    });
  });

  it("makes connectors in Confluent Cloud, each with an account of its own, and no workers", () => {
    expect(graph.filter(({ type, name }) => type.startsWith("aws:") && !name.startsWith("lake-lake-"))).toEqual([]);
    expect(typesOf(graph, "dataplane:connect:Connector")).toEqual([]);
    // Two sources and two sinks.
    expect(typesOf(graph, "confluentcloud:index/connector:Connector")).toHaveLength(4);
    expect(typesOf(graph, "dataplane:connect:ManagedStatus")).toHaveLength(4);
    const accounts = graph.filter(({ type }) => type === "confluentcloud:index/serviceAccount:ServiceAccount");
    expect(accounts.map(({ name }) => name).sort()).toEqual([
      "kafka-admin",
      "ksqldb-account",
      "sink-lake-account",
      "sink-snowflake-account",
      "source-mssql-account",
      "source-mysql-account",
    ]);
  });

  it("puts the password into the sensitive part only", () => {
    for (const connector of graph.filter(({ type }) => type === "confluentcloud:index/connector:Connector")) {
      expect(connector.secrets).toEqual(["configSensitive"]);
      expect(Object.keys(connector.inputs.configSensitive as object)).toEqual(hidden(connector.name));
      expect(JSON.stringify(connector.inputs.configNonsensitive)).not.toContain(password);
    }
  });

  /** A lake's comes as a role, and has nothing to hide. */
  function hidden(name: string): string[] {
    return name.includes("sink-lake") ? [] : [name.includes("sink") ? "snowflake.private.key" : "database.password"];
  }

  it("has the connectors' own topics, and none of workers", () => {
    const topics = graph.filter(({ type }) => type === "confluentcloud:index/kafkaTopic:KafkaTopic");
    expect(topics.map(({ name }) => name).sort()).toEqual([
      "topics-ORDERS_ENRICHED",
      "topics-_heartbeat.mssql",
      "topics-_heartbeat.mysql",
      "topics-_history.mssql",
      "topics-_history.mysql",
      "topics-mssql.dbo.ORDERS",
      "topics-mysql.customers",
    ]);
  });
});

describe("sources.demo", () => {
  const trusting = {
    "pipeline:mssql": { password, tls: "trust", host: "" },
    "pipeline:mysql": { password, tls: "trust", host: "" },
  };

  it("on a host of the user's: connectors find the containers at its address", async () => {
    const graph = await graphOf("local", { ...trusting, "pipeline:sources": { demo: "docker", address: "10.0.0.4" } });
    expect(typesOf(graph, "docker:index/container:Container")).toHaveLength(2);
    expect(named(graph, "connectors-mysql").inputs).toMatchObject({
      config: { "database.hostname": "10.0.0.4", "database.port": "3306", "database.ssl.mode": "required" },
    });
    expect(graph.flatMap((resource) => guardrails.flatMap((guardrail) => guardrail(resource)))).toEqual([]);
  });

  it("on EC2: an instance beside the workers, which alone reach it", async () => {
    const graph = await graphOf("local", { ...trusting, "pipeline:sources": { demo: "ec2" } });
    const rules = graph.filter(
      ({ type, name }) => type.startsWith("aws:vpc/securityGroupIngress") && name.startsWith("demo"),
    );
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.map(({ inputs }) => inputs.referencedSecurityGroupId)).toEqual(
      rules.map(() => "«aws:ec2/securityGroup:SecurityGroup::network-workers|id»"),
    );
    const connector = named(graph, "connectors-mssql");
    expect(connector.inputs).toMatchObject({
      config: { "database.hostname": expect.stringContaining("privateIp") as string },
    });
    expect(graph.flatMap((resource) => guardrails.flatMap((guardrail) => guardrail(resource)))).toEqual([]);
  });
});
