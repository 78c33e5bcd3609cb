import type { Properties } from "../../sandbox/cloud/inventory.ts";
import { binding, makeAdmin, ProviderClient, tokenOf, type Admin, type Made } from "./providerClient.ts";

let client: ProviderClient;
let admin: Admin;
let account: Made;
/** What a right connector is made from. */
let right: {
  environment: { id: string };
  kafkaCluster: { id: string };
  configNonsensitive: Properties;
  configSensitive: Properties;
};

beforeEach(async () => {
  client = await ProviderClient.start();
  admin = await makeAdmin(client);
  account = await client.create("serviceAccount", { displayName: "source-mysql" });
  right = {
    environment: { id: admin.environment.id },
    kafkaCluster: { id: admin.cluster.id },
    configNonsensitive: {
      name: "mysql",
      "connector.class": "MySqlCdcSourceV2",
      "kafka.auth.mode": "SERVICE_ACCOUNT",
      "kafka.service.account.id": account.id,
      "tasks.max": "1",
      "topic.prefix": "mysql",
      "database.hostname": "db.example.com",
      "database.port": "3306",
      "database.user": "cdc",
      "schema.history.internal.kafka.topic": "_history.mysql",
    },
    configSensitive: { "database.password": "hush" },
  };
  for (const topicName of ["mysql.customers", "_history.mysql"]) {
    await client.create("kafkaTopic", admin.inCluster({ topicName }));
  }
  for (const [operation, resourceName] of [
    ["WRITE", "mysql."],
    ["READ", "_history."],
    ["WRITE", "_history."],
  ] as const) {
    await allow(operation, resourceName);
  }
});
afterEach(() => client.close());

function allow(operation: string, resourceName: string, patternType = "PREFIXED"): Promise<Made> {
  const rest = { resourceType: "TOPIC", principal: `User:${account.id}`, host: "*", permission: "ALLOW" };
  return client.create("kafkaAcl", admin.inCluster({ ...rest, operation, resourceName, patternType }));
}

/** Right inputs with some settings changed; `undefined` takes one out. */
function withSettings(changes: Properties, rest: Properties = {}): Properties {
  return { ...right, configNonsensitive: { ...right.configNonsensitive, ...changes }, ...rest };
}

const make = (inputs: Properties = right) => client.create("connector", inputs);
const all = () => client.cloud.all(tokenOf("connector"));
const seconds = () => client.provider.done.filter(({ urn }) => urn.includes("connector")).map((done) => done.seconds);

async function refused(attempt: () => Promise<unknown>, message: string): Promise<void> {
  const before = JSON.stringify(client.cloud.all());
  await expect(attempt()).rejects.toThrow(new Error(message));
  expect(JSON.stringify(client.cloud.all())).toBe(before);
}

describe("a preview", () => {
  it("takes every configuration, as the real provider does", async () => {
    const empty = { ...right, configNonsensitive: {} };
    expect(await client.check("connector", empty)).toEqual({ inputs: empty, failures: [] });
    const strange = withSettings({ "connector.class": "NoSuchClass" }, { status: "STRANGE" });
    expect((await client.check("connector", strange)).failures).toEqual([]);
  });

  it("wants to know where it is", async () => {
    expect((await client.check("connector", {})).failures).toEqual([
      "Missing required argument. The argument \"config_nonsensitive\" is required, but no definition was found.. Examine values at 'it.configNonsensitive'.",
      "Missing required argument. The argument \"environment\" is required, but no definition was found.. Examine values at 'it.environment'.",
      "Missing required argument. The argument \"kafka_cluster\" is required, but no definition was found.. Examine values at 'it.kafkaCluster'.",
    ]);
  });

  it("replaces what moves to another environment or cluster", async () => {
    const moved = { ...right, environment: { id: "env-0" }, kafkaCluster: { id: "lkc-0" } };
    const { replaces } = await client.diff("connector", right, moved);
    expect(replaces).toEqual(["environment", "kafkaCluster"]);
  });

  it("shows another name as an update, which the provider refuses later", async () => {
    expect(await client.diff("connector", right, withSettings({ name: "other" }))).toEqual({
      changes: { "configNonsensitive.name": "UPDATE" },
      replaces: [],
      deletesFirst: false,
    });
    const made = await make();
    await refused(
      () => client.update("connector", made, withSettings({ name: "other" })),
      `error updating Connector "${made.id}": "name" attribute cannot be updated`,
    );
  });
});

describe("a new connector", () => {
  it("runs after six minutes, has an id of its own, and its secrets are kept by nobody", async () => {
    const made = await make();
    expect(made.id).toMatch(/^lcc-[0-9a-z]+$/);
    expect(made.properties).toEqual({ ...right, status: "RUNNING" });
    expect(seconds()).toEqual([360]);
    expect(JSON.stringify(all())).not.toContain("hush");
    expect((await client.read("connector", made)).properties).toEqual(made.properties);
  });

  it("runs though it should be paused: the status at creation is ignored", async () => {
    expect((await make({ ...right, status: "PAUSED" })).properties.status).toBe("RUNNING");
  });

  it("does not show secrets again that stand in the wrong half", async () => {
    const made = await make(withSettings({ "database.password": "plain" }, { configSensitive: {} }));
    expect(made.properties.configNonsensitive).toEqual(right.configNonsensitive);
    expect(JSON.stringify(all())).not.toContain("plain");
  });

  it("needs a name and a class", async () => {
    await refused(
      () => make(withSettings({ name: "" })),
      'error creating Connector: "name" attribute is missing in "config_nonsensitive" block',
    );
    await refused(
      () => make(withSettings({ "connector.class": undefined })),
      'error creating Connector: error validating Connector config: "connector.class" attribute is missing in "config_nonsensitive" block',
    );
  });

  it("must be of a class that there is, in an environment that has the cluster", async () => {
    const notFound =
      "error creating Connector: error creating Connector: error sending validation request: 404 Not Found";
    await refused(() => make(withSettings({ "connector.class": "MySqlCdcSource" })), notFound);
    const other = await makeAdmin(client, { basic: {} }, "other");
    await refused(() => make({ ...right, environment: { id: other.environment.id } }), notFound);
    await refused(() => make({ ...right, kafkaCluster: { id: "lkc-0" } }), notFound);
  });

  it.each([
    ["MySqlCdcSourceV2", ["database.hostname", "database.port", "topic.prefix", "database.user"]],
    ["SqlServerCdcSourceV2", ["database.hostname", "database.port", "topic.prefix", "database.names"]],
    ["PostgresCdcSourceV2", ["database.hostname", "database.port", "topic.prefix", "database.user", "database.dbname"]],
    ["MariaDbCdcSource", ["database.hostname", "database.port", "topic.prefix", "database.user", "database.password"]],
  ])("%s needs its properties", async (className, properties) => {
    const { name } = right.configNonsensitive;
    const only = { name, "connector.class": className, "tasks.max": "1" };
    const login = { "kafka.auth.mode": "SERVICE_ACCOUNT", "kafka.service.account.id": account.id };
    const list = properties.map((key, index) => `\n${String(index + 1)}. "${key}" : ["\\"${key}\\" is required"]`);
    await refused(
      () => make({ ...right, configNonsensitive: { ...only, ...login }, configSensitive: {} }),
      `error creating Connector: error creating Connector "${className}": error validating config: ${list.join("")}`,
    );
  });

  it("needs an account, or a key by default", async () => {
    const invalid = 'error creating Connector: error creating Connector "MySqlCdcSourceV2": error validating config: ';
    await refused(
      () => make(withSettings({ "kafka.service.account.id": undefined })),
      `${invalid}\n1. "kafka.service.account.id" : ["\\"kafka.service.account.id\\" is required"]`,
    );
    await refused(
      () => make(withSettings({ "kafka.auth.mode": undefined })),
      `${invalid}\n1. "kafka.api.key" : ["\\"kafka.api.key\\" is required"]\n2. "kafka.api.secret" : ["\\"kafka.api.secret\\" is required"]`,
    );
    await refused(
      () => make(withSettings({ "kafka.service.account.id": "sa-0" })),
      'error creating Connector "mysql": 404 Not Found: service account "sa-0" does not exist',
    );
    const key = { "kafka.api.key": "KEY", "kafka.api.secret": "secret", ...right.configSensitive };
    await make(withSettings({ "kafka.auth.mode": "KAFKA_API_KEY" }, { configSensitive: key }));
  });

  it("takes only legal values, and leaves the alias unwrap to the service", async () => {
    const invalid = 'error creating Connector: error creating Connector "MySqlCdcSourceV2": error validating config: ';
    await refused(
      () => make(withSettings({ "time.precision.mode": "adaptive" })),
      `${invalid}\n1. "time.precision.mode" : ["Value \\"adaptive\\" is not valid for \\"time.precision.mode\\" configuration. Valid values: adaptive_time_microseconds, connect"]`,
    );
    await refused(
      () => make(withSettings({ transforms: "key,unwrap" })),
      `${invalid}\n1. "transforms" : ["the alias unwrap is reserved for after.state.only"]`,
    );
    await make(withSettings({ "time.precision.mode": "connect", transforms: "key", "no.such.property": "1" }));
  });

  it("has a name of its own in its cluster", async () => {
    const first = await make();
    await refused(make, 'error creating Connector "mysql": 409 Conflict: Connector mysql already exists');
    await client.delete("connector", first);
    await make();
  });
});

describe("a connector that may not do what it must", () => {
  const failed = (trace: string) =>
    'error waiting for Connector "mysql" to provision: connector "display_name"="mysql" provisioning status is "FAILED": ' +
    trace;
  const stranger = async () => {
    account = await client.create("serviceAccount", { displayName: "stranger" });
    return withSettings({ "kafka.service.account.id": account.id });
  };
  /** It is there, but not well. */
  const fails = async (inputs: Properties, trace: string) => {
    await expect(make(inputs)).rejects.toThrow(new Error(failed(trace)));
    expect(all().map(({ properties }) => properties.status)).toEqual(["FAILED"]);
  };

  it("fails without rights on its topics", async () => {
    const inputs = await stranger();
    await fails(inputs, `TopicAuthorizationException: ${account.id} may not WRITE topic mysql.customers`);
  });

  it.each([
    ["denied", { permission: "DENY" }],
    ["somebody else's", { principal: "User:sa-0" }],
    ["on a group", { resourceType: "GROUP" }],
    ["to read", { operation: "READ" }],
    ["on other topics", { resourceName: "mysql.customer", patternType: "LITERAL" }],
  ])("fails with a right that is %s", async (_, change) => {
    const inputs = await stranger();
    const rest = { resourceType: "TOPIC", principal: `User:${account.id}`, host: "*", permission: "ALLOW" };
    const acl = { ...rest, operation: "WRITE", resourceName: "mysql.", patternType: "PREFIXED" };
    await client.create("kafkaAcl", admin.inCluster({ ...acl, ...change }));
    await fails(inputs, `TopicAuthorizationException: ${account.id} may not WRITE topic mysql.customers`);
  });

  it("fails without rights on its schema history", async () => {
    const inputs = await stranger();
    await allow("ALL", "mysql.customers", "LITERAL");
    await allow("WRITE", "_history.mysql", "LITERAL");
    await fails(inputs, `TopicAuthorizationException: ${account.id} may not READ topic _history.mysql`);
  });

  it("fails when its topics are missing, and it may not make them", async () => {
    const inputs = withSettings({ "topic.prefix": "shop" });
    await fails(
      inputs,
      `UnknownTopicOrPartitionException: topic shop. does not exist, and ${account.id} may not make it`,
    );
  });

  it("makes its topics if it may", async () => {
    await allow("CREATE", "shop.");
    await allow("WRITE", "shop.");
    await make(withSettings({ "topic.prefix": "shop" }));
  });

  it("keeps its history in a topic of its own name if it is not told another, and must be let", async () => {
    const inputs = withSettings({ "schema.history.internal.kafka.topic": undefined });
    await expect(make(inputs)).rejects.toThrow(
      /topic dbhistory\.mysql\.lcc-[0-9a-z]+ does not exist, and sa-[0-9a-z]+ may not make it$/,
    );
    await client.delete("connector", { id: all()[0]?.id ?? "", properties: {} });
    for (const operation of ["CREATE", "READ", "WRITE"]) {
      await allow(operation, "dbhistory.mysql.lcc-");
    }
    await make(inputs);
  });

  it("Postgres has no history", async () => {
    const changes = { "connector.class": "PostgresCdcSourceV2", "database.dbname": "demo" };
    await make(withSettings({ ...changes, "schema.history.internal.kafka.topic": undefined }));
  });

  it("roles are as good as ACLs, where there are any", async () => {
    const other = await makeAdmin(client, { standard: {} }, "other");
    const inOther = (topicName: string) => client.create("kafkaTopic", other.inCluster({ topicName }));
    await inOther("mysql.customers");
    await inOther("_history.mysql");
    const inputs = {
      ...right,
      environment: { id: other.environment.id },
      kafkaCluster: { id: other.cluster.id },
    };
    await fails(inputs, `TopicAuthorizationException: ${account.id} may not WRITE topic mysql.customers`);
    await client.delete("connector", { id: all()[0]?.id ?? "", properties: {} });
    const topic = (name: string) => `${other.crn.cluster}/kafka=${other.cluster.id}/topic=${name}`;
    await client.create("roleBinding", binding(account, "DeveloperWrite", topic("mysql.*")));
    await client.create("roleBinding", binding(account, "ResourceOwner", topic("_history.mysql")));
    await client.create("connector", inputs);
  });
});

describe("a change", () => {
  it("of its settings is made in place, and not waited for", async () => {
    const made = await make();
    const changed = await client.update("connector", made, withSettings({ "poll.interval.ms": "100" }));
    expect(changed).toEqual({ ...withSettings({ "poll.interval.ms": "100" }), status: "RUNNING" });
    expect(seconds()).toEqual([360, 2]);
  });

  it("of its password is seen, and the password not kept", async () => {
    const made = await make();
    const before = all()[0]?.hidden;
    await client.update("connector", made, { ...right, configSensitive: { "database.password": "new" } });
    expect(all()[0]?.hidden).not.toEqual(before);
    expect(JSON.stringify(all())).not.toMatch(/hush|"new"/);
  });

  it("to a wrong configuration is taken, and the connector FAILED", async () => {
    const made = await make();
    const failed = await client.update("connector", made, withSettings({ "database.port": "" }));
    expect(failed.status).toBe("FAILED");
  });

  it("of its status pauses and resumes it, and nothing else", async () => {
    const made = await make();
    const to = async (status: string) => ({
      id: made.id,
      properties: await client.update("connector", made, { ...right, status }),
    });
    const impossible = (from: string, status: string) =>
      `error updating Connector "${made.id}": only "PAUSED"->"RUNNING" or "RUNNING"->"PAUSED" transitions are supported but "${from}"->"${status}" was attempted`;
    await to("RUNNING");
    expect((await to("PAUSED")).properties.status).toBe("PAUSED");
    await refused(() => to("STOPPED"), impossible("PAUSED", "STOPPED"));
    expect((await to("RUNNING")).properties.status).toBe("RUNNING");
    await client.update("connector", made, withSettings({ "database.port": "" }));
    await refused(() => to("RUNNING"), impossible("FAILED", "RUNNING"));
  });
});

it("a cluster goes only when its connectors are gone", async () => {
  const made = await make();
  await refused(
    () => client.delete("kafkaCluster", admin.cluster),
    "409 Conflict: Cannot delete Kafka cluster with associated connect clusters",
  );
  await client.delete("connector", made);
  await client.delete("kafkaCluster", admin.cluster);
  expect(all()).toEqual([]);
});
