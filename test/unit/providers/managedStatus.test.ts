import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { statusOf, type ConnectorStatus } from "../../../providers/connect/confluentCloud.ts";
import { untilItIs, type WantedState } from "../../../providers/connect/managedHealth.ts";
import { managedStatus } from "../../../providers/connect/managedStatus.ts";

/** An answer of the service: a status, an error, or a connection that breaks. */
type Answer = ConnectorStatus | { code: number; message?: string; text?: string; retryAfter?: string } | "reset";

const connector = { environment: "env-1", cluster: "lkc-1", name: "mssql" };
const requests: IncomingMessage[] = [];
let script: Answer[] = [];

/** Answers from the script; the last of it goes on for ever. */
const server = createServer((request, response) => {
  requests.push(request);
  const answer = script.length > 1 ? script.shift() : script[0];
  if (answer === undefined || answer === "reset") {
    request.socket.destroy();
  } else if ("connector" in answer) {
    response.end(JSON.stringify(answer));
  } else {
    const { code, message = "", text, retryAfter } = answer;
    response.writeHead(code, retryAfter === undefined ? {} : { "retry-after": retryAfter });
    response.end(text ?? JSON.stringify({ error: { code, message } }));
  }
});
let access = { endpoint: "", apiKey: "KEY", apiSecret: "s:cret" };
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  access = { ...access, endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/` };
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => requests.splice(0));

/** Seconds that it took on a clock that only waiting moves, or why it failed. */
async function ended(answers: Answer[], wanted: WantedState = "RUNNING"): Promise<string> {
  script = [...answers];
  let now = 0;
  const clock = { now: () => now, wait: (ms: number) => Promise.resolve((now += ms)) };
  const look = () => statusOf(connector, access);
  return untilItIs(wanted, connector.name, look, { clock }).then(
    () => `well after ${String(now / 1_000)} s`,
    (error: unknown) => `after ${String(now / 1_000)} s: ${(error as Error).message}`,
  );
}

const status = (state: string, tasks: string[] = [state], rest: Partial<ConnectorStatus> = {}): ConnectorStatus => ({
  connector: { state, trace: "" },
  tasks: tasks.map((task, id) => ({ id, state: task, msg: "" })),
  ...rest,
});
const running = status("RUNNING");
const provisioning = status("PROVISIONING", []);
const failed = status("FAILED", ["USER_ACTIONABLE_ERROR"], {
  connector: {
    state: "FAILED",
    trace: [
      "org.apache.kafka.connect.errors.ConnectException: Connector configuration is not valid.",
      "\tat io.debezium.Start.start(Start.java:1)",
      "Caused by: com.microsoft.sqlserver.jdbc.SQLServerException: Login failed for user 'cdc'.",
    ].join("\n"),
  },
});
const why = "connector mssql, task 0: SQLServerException: Login failed for user 'cdc'.";

it.each<[string, Answer[], string]>([
  ["runs", [running], "well after 10 s"],
  ["comes to run", [provisioning, status("RUNNING", ["UNASSIGNED"]), running], "well after 14 s"],
  ["runs again after a pause of its tasks", [running, status("RUNNING", ["RESTARTING"]), running], "well after 14 s"],
  ["is still seen as it failed before", [failed, failed, provisioning, running], "well after 16 s"],
  ["fails", [provisioning, running, failed], `after 4 s: ${why}`],
  ["has failed before, and still does", [failed], `after 10 s: ${why}`],
  ["is gone", [{ code: 404 }], "after 10 s: connector mssql: Confluent Cloud has no such connector"],
  [
    "stays paused",
    [status("PAUSED", ["STOPPED"])],
    "after 600 s: connector mssql: after 10 minutes it does not run with all its tasks (PAUSED, task 0 STOPPED)",
  ],
  [
    "never has a task",
    [status("RUNNING", [])],
    "after 600 s: connector mssql: after 10 minutes it does not run with all its tasks (RUNNING, no task)",
  ],
  [
    "stays half well",
    [status("DEGRADED", ["RUNNING", "SYSTEM_ERROR"], { error_summary: "The disk is full." })],
    "after 600 s: connector mssql, task 1: after 10 minutes it does not run with all its tasks " +
      "(DEGRADED, task 0 RUNNING, task 1 SYSTEM_ERROR); The disk is full.",
  ],
])("a connector that %s", async (_, answers, end) => {
  expect(await ended(answers)).toBe(end);
});

it.each<[string, Answer[], string]>([
  ["is paused", [status("PAUSED", ["STOPPED"])], "well after 10 s"],
  ["is about to be", [running, status("PAUSED", ["STOPPED"])], "well after 12 s"],
  ["fails instead", [running, failed], `after 2 s: ${why}`],
  ["goes on", [running], "after 600 s: connector mssql: after 10 minutes it is not paused (RUNNING, task 0 RUNNING)"],
])("a connector that is declared paused and %s", async (_, answers, end) => {
  expect(await ended(answers, "PAUSED")).toBe(end);
});

it.each<[string, Answer[], string]>([
  ["is overloaded", [{ code: 503 }, { code: 500, text: "<html>" }, running], "well after 13 s"],
  ["breaks the connection", ["reset", running], "well after 11 s"],
  ["is answered for by a proxy", [{ code: 200, text: "<html>" }, running], "well after 11 s"],
  ["wants to be left alone", [{ code: 429, retryAfter: "7" }, running], "well after 17 s"],
  ["is overloaded now and then", [{ code: 503 }, { code: 503 }, running, { code: 503 }, running], "well after 14 s"],
  ["is silent for a while", [running, "reset", running], "well after 11 s"],
  [
    "never comes back",
    [provisioning, { code: 500, message: "Oops, something went wrong" }],
    "after 600 s: connector mssql: after 10 minutes it does not run with all its tasks (PROVISIONING, no task); " +
      "the last word: Confluent Cloud answered with 500: Oops, something went wrong",
  ],
  [
    "never answers",
    [{ code: 502, text: "" }],
    "after 600 s: connector mssql: after 10 minutes nothing is known of it; the last word: " +
      "Confluent Cloud answered with 502",
  ],
  [
    "does not know the key",
    [provisioning, { code: 401, message: "Unauthorized" }],
    "after 2 s: Confluent Cloud does not take the Cloud API key: set confluentcloud:cloudApiKey and " +
      "confluentcloud:cloudApiSecret, or CONFLUENT_CLOUD_API_KEY and CONFLUENT_CLOUD_API_SECRET, to a key of Confluent " +
      "Cloud itself (a cluster's key is none)",
  ],
  [
    "does not let the key",
    [{ code: 403 }],
    "after 0 s: the account of the Cloud API key may not see the connectors of lkc-1: give it the role CloudClusterAdmin " +
      "on lkc-1, or set confluentcloud:cloudApiKey and confluentcloud:cloudApiSecret to a key of an account that has it",
  ],
  ["refuses", [{ code: 400, message: "bad" }], "after 0 s: Confluent Cloud answered with 400: bad"],
])("a service that %s", async (_, answers, end) => {
  expect(await ended(answers)).toBe(end);
});

it.each<[string, Partial<ConnectorStatus>, string]>([
  [
    "its settings, before what came of them",
    { validation_errors: ["a: wrong", "b: missing"], connector: { state: "FAILED", trace: "no login" } },
    "a: wrong; b: missing",
  ],
  ["what was read from its trace", { errors_from_trace: [{ error: "Access denied" }] }, "Access denied"],
  ["the same as plain text", { errors_from_trace: ["Access denied"] }, "Access denied"],
  ["Confluent's own words", { validation_errors: null, override_message: "Ask support" }, "Ask support"],
  ["nothing", { error_summary: null }, "it has failed, and Confluent Cloud gives no reason"],
])("a failure is explained by %s", async (_, rest, cause) => {
  const end = await ended([running, status("FAILED", ["USER_ACTIONABLE_ERROR"], rest)]);
  expect(end).toBe(`after 2 s: connector mssql, task 0: ${cause}`);
});

it("is explained by the message of the task that failed, though others run no more", async () => {
  const tasks = [
    { id: 0, state: "SYSTEM_ERROR" },
    { id: 1, state: "SYSTEM_ERROR", msg: "second" },
  ];
  const end = await ended([running, { connector: { state: "DEGRADED" }, tasks: [...tasks].reverse() }]);
  expect(end).toBe("after 2 s: connector mssql, task 1: second");
});

it("asks as the API wants to be asked", async () => {
  script = [running];
  await statusOf({ ...connector, name: "a b/c" }, access);
  expect(requests.map(({ method, url }) => `${String(method)} ${String(url)}`)).toEqual([
    "GET /connect/v1/environments/env-1/clusters/lkc-1/connectors/a%20b%2Fc/status",
  ]);
  const [scheme, login = ""] = requests[0]?.headers.authorization?.split(" ") ?? [];
  expect([scheme, Buffer.from(login, "base64").toString()]).toEqual(["Basic", "KEY:s:cret"]);
});

describe("the resource", () => {
  const secret = (value: string) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    value,
  });
  const inputs = { ...connector, connector: "lcc-1", settings: "0a1b", secretSettings: secret("2c3d") };
  const names = ["CONFLUENT_CLOUD_ENDPOINT", "CONFLUENT_CLOUD_API_KEY", "CONFLUENT_CLOUD_API_SECRET"] as const;
  const before = { ...process.env };
  beforeEach(() => {
    names.forEach((name) => Reflect.deleteProperty(process.env, name));
    process.env.CONFLUENT_CONNECTOR_STEADY_SECONDS = "0";
    script = [running];
  });
  afterAll(() => {
    process.env = before;
  });

  it("is known by where the connector is", async () => {
    const key = { apiKey: secret("KEY"), apiSecret: secret("s"), endpoint: access.endpoint };
    expect(await managedStatus.create({ ...inputs, ...key })).toBe("env-1/lkc-1/mssql");
    expect(requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from("KEY:s").toString("base64")}`);
  });

  it("takes from the environment what the configuration lacks", async () => {
    process.env.CONFLUENT_CLOUD_ENDPOINT = access.endpoint;
    process.env.CONFLUENT_CLOUD_API_KEY = "FROM-ENV";
    process.env.CONFLUENT_CLOUD_API_SECRET = "t";
    await managedStatus.update({}, { ...inputs, endpoint: "https://elsewhere.invalid" });
    expect(requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from("FROM-ENV:t").toString("base64")}`);
  });

  it("says which key is missing", async () => {
    await expect(managedStatus.create({ ...inputs, apiKey: secret("KEY") })).rejects.toThrow(
      "no Cloud API key: set confluentcloud:cloudApiKey and confluentcloud:cloudApiSecret, or CONFLUENT_CLOUD_API_KEY and " +
        "CONFLUENT_CLOUD_API_SECRET",
    );
    expect(requests).toEqual([]);
  });

  const asked = () => requests.map(({ method, url = "" }) => `${String(method)} ${url.split("/").at(-1) ?? ""}`);

  it("resumes a connector that is paused and not declared so, once, and waits until it runs", async () => {
    const given = { ...inputs, apiKey: secret("KEY"), apiSecret: secret("s"), endpoint: access.endpoint };
    const paused = status("PAUSED", ["STOPPED"]);
    script = [paused, { code: 503 }, paused, { code: 202 }, paused, running];
    await managedStatus.update({ ...given, status: "PAUSED" }, given);
    expect(asked()).toEqual(["GET status", "PUT resume", "GET status", "PUT resume", "GET status", "GET status"]);
  });

  it("leaves one alone that is declared paused", async () => {
    script = [status("PAUSED", ["STOPPED"])];
    const given = { ...inputs, apiKey: secret("KEY"), apiSecret: secret("s"), endpoint: access.endpoint };
    await managedStatus.update(given, { ...given, status: "PAUSED" });
    expect(new Set(asked())).toEqual(new Set(["GET status"]));
  });

  it("is kept when the connector does not run, to look again, with its secrets wrapped", async () => {
    script = [{ code: 401 }];
    const given = { ...inputs, apiKey: secret("KEY"), apiSecret: secret("s"), endpoint: access.endpoint };
    await expect(managedStatus.update(given, given)).rejects.toMatchObject({
      message: expect.stringMatching(/^Confluent Cloud does not take the Cloud API key/) as string,
      id: "env-1/lkc-1/mssql",
      properties: { ...given, settings: "did not run" },
      reasons: [expect.stringMatching(/^Confluent Cloud does not take the Cloud API key/) as string],
    });
  });

  it("is as it was when it is read, and nothing when it goes", async () => {
    expect(await managedStatus.read(inputs)).toBe(inputs);
    await managedStatus.delete(inputs, "");
    expect(requests).toEqual([]);
  });
});
