import { ConfluentApi } from "../../sandbox/cloud/confluentApi.ts";
import type { Properties } from "../../sandbox/cloud/inventory.ts";
import { makeAdmin, ProviderClient, type Admin, type Made } from "./providerClient.ts";

let client: ProviderClient;
let admin: Admin;
let api: ConfluentApi;

beforeEach(async () => {
  client = await ProviderClient.start();
  admin = await makeAdmin(client);
  api = new ConfluentApi(client.cloud);
  api.takesKeyOf({ cloudApiKey: "KEY", cloudApiSecret: "s:cret" });
});
afterEach(() => {
  api.close();
  client.close();
});

/** A connector with a key of its own, whose rights nobody looks at. */
function inputs(settings: Properties = {}, rest: Properties = {}): Properties {
  return {
    environment: { id: admin.environment.id },
    kafkaCluster: { id: admin.cluster.id },
    configNonsensitive: {
      name: "my sql",
      "connector.class": "MySqlCdcSourceV2",
      "kafka.auth.mode": "KAFKA_API_KEY",
      "tasks.max": "1",
      "topic.prefix": "mysql",
      "database.hostname": "db.example.com",
      "database.port": "3306",
      "database.user": "cdc",
      ...settings,
    },
    configSensitive: { "kafka.api.key": "K", "kafka.api.secret": "hush" },
    ...rest,
  };
}

const connectors = () => `/connect/v1/environments/${admin.environment.id}/clusters/${admin.cluster.id}/connectors`;

async function ask(path = `${connectors()}/my%20sql/status`, login = "KEY:s:cret", method = "GET") {
  const authorization = `Basic ${Buffer.from(login).toString("base64")}`;
  const response = await fetch(`${await api.listen()}${path}`, { method, headers: { authorization } });
  return { code: response.status, body: (await response.json()) as Properties };
}

async function condition(): Promise<{ connector: unknown; tasks: unknown }> {
  const { connector, tasks } = (await ask()).body;
  return { connector, tasks };
}

const as = (state: string, task: string, trace = "") => ({
  connector: { state, worker_id: "my sql", trace },
  tasks: [{ id: 0, state: task, worker_id: "my sql", msg: "" }],
});

it("tells how a connector is, in the service's form", async () => {
  await client.create("connector", inputs());
  expect(await ask()).toEqual({
    code: 200,
    body: {
      name: "my sql",
      type: "source",
      ...as("RUNNING", "RUNNING"),
      errors_from_trace: [],
      validation_errors: [],
      override_message: "",
      error_summary: "",
    },
  });
});

it("tells why it has failed, and no more when it is mended or paused", async () => {
  const made = await client.create("connector", inputs());
  const to = async (changed: Properties): Promise<Made> => ({
    id: made.id,
    properties: await client.update("connector", made, changed),
  });
  await to(inputs({ "time.precision.mode": "adaptive", "database.port": "" }));
  const trace =
    '"database.port" is required; Value "adaptive" is not valid for "time.precision.mode" configuration. Valid values: ' +
    "adaptive_time_microseconds, connect";
  expect(await condition()).toEqual(as("FAILED", "USER_ACTIONABLE_ERROR", trace));
  expect((await to(inputs())).properties.status).toBe("RUNNING");
  expect(await condition()).toEqual(as("RUNNING", "RUNNING"));
  await to(inputs({}, { status: "PAUSED" }));
  expect(await condition()).toEqual(as("PAUSED", "STOPPED"));
  expect((await ask(`${connectors()}/my%20sql/resume`, undefined, "PUT")).code).toBe(202);
  expect(await condition()).toEqual(as("RUNNING", "RUNNING"));
});

it("tells of a connector that has lost its rights at the next change", async () => {
  const account = await client.create("serviceAccount", { displayName: "source" });
  await client.create("kafkaTopic", admin.inCluster({ topicName: "mysql.customers" }));
  const made = await client.create("connector", inputs());
  const login = { "kafka.auth.mode": "SERVICE_ACCOUNT", "kafka.service.account.id": account.id };
  await client.update("connector", made, inputs(login));
  const trace = `TopicAuthorizationException: ${account.id} may not WRITE topic mysql.customers`;
  expect(await condition()).toEqual(as("FAILED", "USER_ACTIONABLE_ERROR", trace));
});

it("knows no other connector, and nothing else", async () => {
  await client.create("connector", inputs());
  const other = `/connect/v1/environments/${admin.environment.id}/clusters/lkc-0/connectors/my%20sql/status`;
  const notFound = { code: 404, body: { error: { code: 404, message: "resource not found" } } };
  expect(await ask(`${connectors()}/other/status`)).toEqual(notFound);
  expect(await ask(other)).toEqual(notFound);
  expect((await ask(connectors())).code).toBe(404);
  expect(await ask(`${connectors()}/other/resume`, undefined, "PUT")).toEqual(notFound);
  expect((await ask(undefined, undefined, "PUT")).code).toBe(404);
});

it("wants the key that the provider has", async () => {
  await client.create("connector", inputs());
  const unauthorized = { code: 401, body: { error: { code: 401, message: "Unauthorized" } } };
  expect(await ask(undefined, "KEY:other")).toEqual(unauthorized);
  api.takesKeyOf({ cloudApiKey: "KEY", cloudApiSecret: "rotated" });
  expect(await ask()).toEqual(unauthorized);
  expect((await ask(undefined, "KEY:rotated")).code).toBe(200);
});
