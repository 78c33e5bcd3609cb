import { guardrails } from "../../policy/guardrails.ts";
import { graphOf, kind, named, ofKind, type Registration } from "./harness.ts";

const jdbc = { host: "db.example.com", database: "shop", password: "Hush-hush-1" };
const redshift = { vpc: "vpc-1", subnets: ["subnet-a", "subnet-b", "subnet-c"], allowedIps: ["203.0.113.7"] };
const graphWith = (targets: readonly string[], changes: Record<string, unknown> = {}) =>
  graphOf("dev", { "pipeline:targets": targets, "pipeline:jdbc": jdbc, "pipeline:redshift": redshift, ...changes }, [
    "pipeline:jdbc",
    "pipeline:redshift",
  ]);
const own = (graph: readonly Registration[], target: string) =>
  graph.filter(({ name, custom }) => custom && name.includes(target)).map((item) => `${kind(item)} ${item.name}`);

describe("a JDBC target", () => {
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphWith(["snowflake", "jdbc"]);
  });

  it("is a connector of our workers' with a dead-letter topic, and its database's port is open to them", () => {
    const connector = named(graph, "connectors-sink-jdbc").inputs as { config: Record<string, unknown> };
    expect(connector.config).toMatchObject({
      "connector.class": "pipeline.jdbc.JdbcSink",
      topics: "ORDERS_ENRICHED",
      "connection.password": "${file:/run/connect/secrets.properties:sink-jdbc.connection.password}",
      "transforms.table.ORDERS_ENRICHED.deleted": "__DELETED",
    });
    expect(ofKind(graph, "KafkaTopic").map(({ inputs }) => inputs.topicName)).toContain("dlq.jdbc");
    expect(named(graph, "network-workers-out-5432").inputs).toMatchObject({ fromPort: 5432, toPort: 5432 });
  });

  it("has its password in a parameter of its own, and nowhere else", () => {
    const where = graph.filter(({ inputs }) => JSON.stringify(inputs).includes("Hush-hush-1"));
    expect(where.map(({ name }) => name)).toEqual(["connect-sink-jdbc-secrets"]);
    expect(own(graph, "jdbc").filter((item) => item.startsWith("Parameter"))).toEqual([
      "Parameter connect-sink-jdbc-secrets",
    ]);
  });

  it("has the certificate of its database's authority beside it, where there is one, and the workers know of neither", async () => {
    const pem = `-----BEGIN CERTIFICATE-----\n${"QUJD".repeat(16)}\n-----END CERTIFICATE-----`;
    const withCa = await graphWith(["snowflake", "jdbc"], { "pipeline:jdbc": { ...jdbc, ca: `${pem}\n\n` } });
    const { inputs, secrets } = named(withCa, "connect-sink-jdbc-ca");
    expect(inputs).toMatchObject({ name: "/pipeline-dev-workers/ca/jdbc", type: "String", insecureValue: pem });
    expect(secrets).toEqual([]);
    const parameter = (what: string) => `«aws:ssm/parameter:Parameter::connect-sink-jdbc-${what}|version»`;
    expect(named(withCa, "connectors-sink-jdbc").inputs.config).toMatchObject({
      "reconcile.secrets": `${parameter("secrets")}.${parameter("ca")}`,
    });
    const template = (all: readonly Registration[]) => named(all, "connect-workers-template").inputs.userData;
    expect(template(withCa)).toBe(template(graph));
    expect(guardrails.flatMap((guardrail) => withCa.flatMap((item) => guardrail(item)))).toEqual([]);
  });
});

describe("Redshift", () => {
  it("is a namespace and a workgroup, open to the named addresses alone, and has no connector without a password", async () => {
    const graph = await graphWith(["snowflake", "redshift"]);
    expect(own(graph, "redshift-redshift").sort()).toEqual([
      "Namespace redshift-redshift-namespace",
      "SecurityGroup redshift-redshift-in",
      "SecurityGroupIngressRule redshift-redshift-in-203.0.113.7/32",
      "Workgroup redshift-redshift-workgroup",
    ]);
    expect(ofKind(graph, "Connector").map(({ name }) => name)).not.toContain("connect-sink-redshift");
    expect(named(graph, "redshift-redshift-namespace").inputs).toMatchObject({
      adminUsername: "pipeline_admin",
      manageAdminPassword: true,
      dbName: "pipeline",
    });
    expect(guardrails.flatMap((guardrail) => graph.flatMap((item) => guardrail(item)))).toEqual([]);
  });

  it("has one with a password, made after the workgroup", async () => {
    const graph = await graphWith(["snowflake", "redshift"], {
      "pipeline:redshift": { ...redshift, password: "Hush-hush-1" },
    });
    const connector = named(graph, "connect-sink-redshift-connector");
    expect(connector.inputs.configNonsensitive).toMatchObject({
      "connector.class": "RedshiftSink",
      "table.name.format": "pipeline.${topic}",
      topics: "ORDERS_ENRICHED",
    });
    expect(JSON.stringify(connector.inputs.configNonsensitive)).not.toContain("Hush-hush-1");
  });

  it("is not made where a host is given", async () => {
    const graph = await graphWith(["snowflake", "redshift"], {
      "pipeline:redshift": { host: "w.1.us-east-1.redshift-serverless.amazonaws.com", password: "Hush-hush-1" },
    });
    expect(ofKind(graph, "Namespace", "Workgroup")).toEqual([]);
    expect(named(graph, "connect-sink-redshift-connector").inputs.configNonsensitive).toMatchObject({
      "aws.redshift.domain": "w.1.us-east-1.redshift-serverless.amazonaws.com",
    });
  });
});
