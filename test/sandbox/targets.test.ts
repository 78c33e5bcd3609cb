import { ending, stepsOf, TestStack, type Change } from "./harness.ts";

const stack = new TestStack();
afterAll(() => stack.close());

type Config = Readonly<Record<string, unknown>>;

/** What a stack says to have one more target. */
interface Added {
  readonly target: string;
  readonly config: Config;
  readonly secrets: Readonly<Record<string, string>>;
  /** What the connector is told in clear, in part. */
  readonly connector: Readonly<Record<string, string>>;
}

const azureKey = `${"Q2FuYXJ5".repeat(10)}Q2FuYX==`;

const managed: readonly Added[] = [
  {
    target: "bigquery",
    config: { "bigquery.project": "shop-123456", "bigquery.dataset": "shop" },
    secrets: { "bigquery.accountKey": '{ "type": "service_account", "private_key": "canary-bigquery" }' },
    connector: {
      "connector.class": "BigQueryStorageSink",
      topics: "ORDERS_ENRICHED",
      "topic2table.map": "ORDERS_ENRICHED:ORDERS_ENRICHED",
      datasets: "shop",
    },
  },
  {
    target: "azureblob",
    config: { "azureblob.account": "shopfiles", "azureblob.container": "shop" },
    secrets: { "azureblob.accountKey": azureKey },
    connector: { "connector.class": "AzureBlobSink", "azblob.container.name": "shop", "output.data.format": "AVRO" },
  },
  {
    target: "http",
    config: { "http.url": "https://api.example.com/v1", "http.auth": "bearer" },
    secrets: { "http.token": "canary-http" },
    connector: { "connector.class": "HttpSinkV2", "api1.topics": "ORDERS_ENRICHED", "auth.type": "BEARER" },
  },
  {
    target: "redshift",
    config: { "redshift.host": "shop.123456789012.us-east-1.redshift-serverless.amazonaws.com" },
    secrets: { "redshift.password": "Canary-redshift-1" },
    connector: { "connector.class": "RedshiftSink", topics: "ORDERS_ENRICHED", "aws.redshift.user": "pipeline_loader" },
  },
];

/** All that a target of Confluent's is on a basic cluster: an account with its rights, and a connector that is looked at. */
const thingsOf = (target: string) => [
  `Connector connect-sink-${target}-connector`,
  `KafkaAcl sink-${target}-create-topic-dlq-lcc*`,
  `KafkaAcl sink-${target}-create-topic-error-lcc*`,
  `KafkaAcl sink-${target}-create-topic-success-lcc*`,
  `KafkaAcl sink-${target}-describe-cluster-kafka-cluster`,
  `KafkaAcl sink-${target}-read-group-connect-lcc*`,
  `KafkaAcl sink-${target}-read-topic-ORDERS_ENRICHED`,
  `KafkaAcl sink-${target}-write-topic-dlq-lcc*`,
  `KafkaAcl sink-${target}-write-topic-error-lcc*`,
  `KafkaAcl sink-${target}-write-topic-success-lcc*`,
  `ManagedStatus connect-sink-${target}-status`,
  `RoleBinding sink-${target}-DeveloperRead-subject-ORDERS_ENRICHED-key`,
  `RoleBinding sink-${target}-DeveloperRead-subject-ORDERS_ENRICHED-value`,
  `ServiceAccount sink-${target}-account`,
];

/** What is on by default, and stays as it is. */
const others = ["snowflake", "lake"];
const base: Config = { targets: others };
const isChange = (step: string) => !step.startsWith("same ");
const withOne = ({ target, config, secrets }: Added): Change => ({
  config: { ...base, ...config, targets: [...others, target] },
  secrets,
});

/** The steps of a deployment but for what stays as it is, and all that any cloud was asked to do meanwhile. */
async function up(change: Change): Promise<{ readonly steps: string[]; readonly asked: string[] }> {
  await stack.declare(change);
  const before = stack.provider.done.length;
  const steps = stepsOf(await ending(0, stack.engine.up())).filter(isChange);
  return { steps, asked: stack.provider.done.slice(before).map(({ urn }) => urn) };
}

/** What exists, but for which instances have fetched which secrets: they do it again with every sink. */
const withoutFetches = (things: ReturnType<typeof stack.cloud.all>) =>
  things.map(({ hidden, ...thing }) => (thing.type === "aws:ssm/parameter:Parameter" ? thing : { ...thing, hidden }));

/** What the connectors that Confluent runs are told in clear, sorted by name. */
const settingsOfConnectors = () =>
  stack.cloud
    .all("confluentcloud:index/connector:Connector")
    .map(({ properties }) => properties.configNonsensitive as Readonly<Record<string, string>>)
    .toSorted(({ name: a = "" }, { name: b = "" }) => (a < b ? -1 : 1));

beforeAll(async () => {
  await up({ config: base });
});

it.each(managed)("$target is added and removed, and nothing else is changed or read", async (added) => {
  const { target, connector, secrets } = added;
  const before = stack.cloud.all();
  const adding = await up(withOne(added));
  expect(adding.steps).toEqual(thingsOf(target).map((thing) => `create ${thing}`));
  expect(adding.asked.filter((urn) => !urn.includes(`sink-${target}`))).toEqual([]);
  const made = settingsOfConnectors().find(({ name }) => name === `sink-${target}`);
  expect(made).toMatchObject(connector);
  expect(JSON.stringify(stack.cloud.all())).not.toContain(Object.values(secrets).join());
  expect((await up(withOne(added))).steps).toEqual([]);

  const removing = await up({ config: base });
  expect(removing.steps).toEqual(thingsOf(target).map((thing) => `delete ${thing}`));
  expect(removing.asked.filter((urn) => !urn.includes(`sink-${target}`))).toEqual([]);
  expect(stack.cloud.all()).toEqual(before);
});

/** What runs on the workers has keys and a consumer group of its own besides. */
const onWorkers = (target: string) => [
  `ApiKey sink-${target}-kafka-key`,
  `ApiKey sink-${target}-registry-key`,
  `Connector connectors-sink-${target}`,
  `KafkaAcl sink-${target}-delete-group-connect-sink-${target}`,
  `KafkaAcl sink-${target}-read-group-connect-sink-${target}`,
  `KafkaAcl sink-${target}-read-topic-ORDERS_ENRICHED`,
  `KafkaAcl sink-${target}-write-topic-dlq.${target}`,
  `KafkaTopic topics-dlq.${target}`,
  `Parameter connect-sink-${target}-secrets`,
  `RoleBinding sink-${target}-DeveloperRead-subject-ORDERS_ENRICHED-key`,
  `RoleBinding sink-${target}-DeveloperRead-subject-ORDERS_ENRICHED-value`,
  `ServiceAccount sink-${target}-account`,
];

const jdbcThings = [
  ...onWorkers("jdbc"),
  "Parameter connect-sink-jdbc-ca",
  "SecurityGroupEgressRule network-workers-out-5432",
].sort();

const tables = ["CUSTOMERS", "ORDERS", "ORDERS_ENRICHED"];
const snowflakeThings = [
  ...onWorkers("snowflake"),
  "KafkaAcl sink-snowflake-read-topic-mssql.*",
  "KafkaAcl sink-snowflake-read-topic-mysql.*",
  "RoleBinding sink-snowflake-DeveloperRead-subject-mssql.*",
  "RoleBinding sink-snowflake-DeveloperRead-subject-mysql.*",
  "AccountRole warehouse-snowflake-loader",
  "AccountRole warehouse-snowflake-reader",
  "Database warehouse-snowflake-database",
  "GrantAccountRole warehouse-snowflake-loader-role",
  "GrantPrivilegesToAccountRole warehouse-snowflake-loader-usage-database",
  "GrantPrivilegesToAccountRole warehouse-snowflake-loader-usage-schema-LANDING",
  "GrantPrivilegesToAccountRole warehouse-snowflake-reader-usage-database",
  "GrantPrivilegesToAccountRole warehouse-snowflake-reader-usage-schema-ANALYTICS",
  "GrantPrivilegesToAccountRole warehouse-snowflake-reader-usage-warehouse",
  "KeyPair warehouse-snowflake-key-1",
  "Schema warehouse-snowflake-analytics",
  "Schema warehouse-snowflake-landing",
  "ServiceUser warehouse-snowflake-loader",
  "Warehouse warehouse-snowflake-warehouse",
  ...tables.flatMap((table) => [
    `Execute warehouse-snowflake-errors-${table}`,
    `GrantPrivilegesToAccountRole warehouse-snowflake-loader-insert-table-${table}`,
    `GrantPrivilegesToAccountRole warehouse-snowflake-reader-select-view-${table}`,
    `Table warehouse-snowflake-landing-${table}`,
    `View warehouse-snowflake-current-${table}`,
  ]),
].sort();

const ca = `-----BEGIN CERTIFICATE-----\n${"QUJD".repeat(16)}\n-----END CERTIFICATE-----\n`;
const jdbcConfig = { "jdbc.host": "db.example.com", "jdbc.database": "shop", "jdbc.ca": ca };
const withJdbc = (password: string): Change => ({
  config: { targets: [...others, "jdbc"], ...jdbcConfig },
  secrets: { "jdbc.password": password },
});

interface OnWorkers {
  readonly target: string;
  readonly before: Change;
  readonly after: Change;
  readonly things: readonly string[];
}

it("a Redshift of the stack's comes first, and its connector when the user that it logs in as is there", async () => {
  const before = stack.cloud.all();
  const config = {
    ...base,
    targets: [...others, "redshift"],
    "redshift.vpc": "vpc-0123456789abcdef0",
    "redshift.subnets": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
    "redshift.allowedIps": ["203.0.113.0/24"],
  };
  const made = [
    "Namespace redshift-redshift-namespace",
    "SecurityGroup redshift-redshift-in",
    "SecurityGroupIngressRule redshift-redshift-in-203.0.113.0/24",
    "Workgroup redshift-redshift-workgroup",
  ];
  const isConnector = (thing: string) => /^(Connector|ManagedStatus) /.test(thing);
  const things = [...made, ...thingsOf("redshift")];
  const asSteps = (operation: string, of: readonly string[]) => of.map((thing) => `${operation} ${thing}`).sort();

  const first = await up({ config });
  expect(first.steps).toEqual(
    asSteps(
      "create",
      things.filter((thing) => !isConnector(thing)),
    ),
  );
  const second = await up({ config, secrets: { "redshift.password": "Canary-redshift-1" } });
  expect(second.steps).toEqual(asSteps("create", things.filter(isConnector)));
  expect(settingsOfConnectors().find(({ name }) => name === "sink-redshift")).toMatchObject({
    "aws.redshift.domain": expect.stringMatching(/^pipeline-local-redshift\.123456789012\./) as string,
  });
  const removing = await up({ config: base });
  expect(removing.steps).toEqual(asSteps("delete", things));
  const asked = [...first.asked, ...second.asked, ...removing.asked];
  expect(asked.filter((urn) => !urn.includes("redshift"))).toEqual([]);
  expect(stack.cloud.all()).toEqual(before);
});

describe("on the workers", () => {
  it.each<OnWorkers>([
    { target: "jdbc", before: { config: base }, after: withJdbc("canary-jdbc-{{x}}"), things: jdbcThings },
    {
      target: "snowflake",
      before: { config: { targets: ["lake"] } },
      after: { config: base },
      things: snowflakeThings,
    },
  ])("$target is added and removed, and nothing else is changed or read", async ({ before, after, things }) => {
    await up(before);
    const there = stack.cloud.all();
    const own = things.map((thing) => thing.split(" ")[1]);
    const foreign = (asked: readonly string[]) => asked.filter((urn) => !own.includes(urn.split("::").at(-1)));
    const adding = await up(after);
    expect(adding.steps).toEqual(things.map((thing) => `create ${thing}`));
    expect(foreign(adding.asked)).toEqual([]);
    expect(JSON.stringify(stack.cloud.all())).not.toContain("canary");
    expect((await up(after)).steps).toEqual([]);

    const removing = await up(before);
    expect(removing.steps).toEqual(things.map((thing) => `delete ${thing}`));
    expect(foreign(removing.asked)).toEqual([]);
    expect(withoutFetches(stack.cloud.all())).toEqual(withoutFetches(there));
  });

  it("another password, or another certificate, starts its connector anew, and no worker", async () => {
    await up(withJdbc("canary-1"));
    const { workers } = stack.provider;
    const before = (await workers.writes()).length;
    const changed = ["update Connector connectors-sink-jdbc", "update Parameter connect-sink-jdbc-secrets"];
    expect((await up(withJdbc("canary-2"))).steps).toEqual(changed);
    expect((await workers.writes()).slice(before)).toEqual(["PUT /connectors/sink-jdbc/config"]);
    expect(stack.cloud.get("connect:connector", "sink-jdbc")?.properties.config).toMatchObject({
      "reconcile.secrets": "2.1",
    });
    const { config, ...rest } = withJdbc("canary-2");
    const other = ca.replaceAll("QUJD", "REVG");
    expect((await up({ ...rest, config: { ...config, "jdbc.ca": other } })).steps).toEqual([
      "update Connector connectors-sink-jdbc",
      "update Parameter connect-sink-jdbc-ca",
    ]);
    await up({ config: base });
  });

  it("a sink does not start when an instance may not fetch its secrets, and the connector that runs goes on", async () => {
    await up(withJdbc("canary-1"));
    await stack.declare({
      ...withJdbc("canary-2"),
      edits: {
        "components/connect/workers.ts": (text) => text.replace('["", "/*"]', '["/*"]'),
      },
    });
    const run = await stack.engine.up();
    expect(run.code).not.toBe(0);
    expect(run.output).toMatch(
      /could not be fetched on every worker, and the connector is left as it was\.\s+i-[0-9a-f]{17} \(Failed\): An error occurred \(AccessDeniedException\) when calling the GetParametersByPath operation/,
    );
    const state = stack.cloud.get("connect:connector", "sink-jdbc");
    expect(state?.properties).toMatchObject({ state: "STARTED", config: { "reconcile.secrets": "1.1" } });
    await up({ config: base });
  });
});

it("one that fails leaves the others as they are, and one that is added with it comes", async () => {
  const [bigquery, , http] = managed;
  if (bigquery === undefined || http === undefined) {
    throw new Error("there are three");
  }
  const both = { ...bigquery.config, ...http.config, targets: [...others, "bigquery", "http"] };
  await stack.declare({ config: both, secrets: { ...bigquery.secrets, ...http.secrets } });
  stack.provider.intervene = (operation, urn) =>
    operation === "create" && urn.endsWith("::connect-sink-bigquery-connector") ? "fail" : undefined;
  const run = await stack.engine.up(["--continue-on-error"]);
  stack.provider.intervene = () => undefined;
  expect(run.code).not.toBe(0);
  const names = settingsOfConnectors().map(({ name }) => name);
  expect(names).toContain("sink-http");
  expect(names).not.toContain("sink-bigquery");
  await up({ config: base });
});

it("two of a kind stand side by side, and share nothing", async () => {
  const twice: Change = {
    config: {
      ...base,
      targets: [...others, "http", "crm"],
      "http.url": "https://api.example.com/v1",
      crm: { url: "https://crm.example.com", batch: 100 },
    },
    edits: {
      "pipeline.ts": (text) =>
        text.replace(
          "    http: {",
          '    crm: { kind: "http", reads: ["CUSTOMERS"], onByDefault: false },\n    http: {',
        ),
    },
  };
  await up(twice);
  const connectors = settingsOfConnectors().filter(({ "connector.class": className }) => className === "HttpSinkV2");
  expect(connectors).toMatchObject([
    {
      name: "sink-crm",
      topics: "mysql.customers",
      "http.api.base.url": "https://crm.example.com",
      "api1.max.batch.size": "100",
    },
    { name: "sink-http", topics: "ORDERS_ENRICHED", "http.api.base.url": "https://api.example.com/v1" },
  ]);
  const accounts = connectors.map((settings) => settings["kafka.service.account.id"]);
  expect(new Set(accounts).size).toBe(2);
});

it("nothing is left of any", async () => {
  await ending(0, stack.engine.destroy());
  expect(stack.cloud.all()).toEqual([]);
});
