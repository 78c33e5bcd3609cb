import { generateKeyPairSync } from "node:crypto";
import * as path from "node:path";
import { startBroker } from "../../dataplane/engines/broker.ts";
import { Worker, plainWorker, type ConnectorStatus } from "../../dataplane/engines/connect.ts";
import { constantsIn } from "../../dataplane/engines/constants.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { assemble } from "../../image/connect/assemble.ts";
import { sinkName } from "../../model/internalNames.ts";
import { isOfKafkaConnect, snowflakeProperties } from "../../model/connect/snowflakeProperties.ts";
import { snowflakeStartMistakes } from "../../model/connect/snowflakeRules.ts";
import { passphraseSetting, privateKeySetting, sinkTopics, snowflakeSink } from "../../model/connect/snowflakeSink.ts";
import { secretsProperties, sinkProperties } from "../../model/connect/worker.ts";
import { declaredGraph } from "../../model/graph.ts";
import { oneLineKey, privateKeyMistake } from "../../model/warehouse/keyPair.ts";
import { pipeline } from "../../pipeline.ts";

type Change = Readonly<Record<string, string | undefined>>;

/** The newest version that the public repository of Maven had when this was written; it has the settings of version 3. */
const version = "2.5.0";
const lab = new Lab("snowflake");
let worker: Worker;

const passphrase = "correct horse";
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const keys = {
  plain: oneLineKey(privateKey.export({ type: "pkcs8", format: "pem" }).toString()),
  encrypted: oneLineKey(
    privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase }).toString(),
  ),
  pkcs1: oneLineKey(privateKey.export({ type: "pkcs1", format: "pem" }).toString()),
};
const sinkSecrets = (key: string, phrase = "") => ({
  kafka: { key: "k", secret: "s" },
  registry: { key: "r", secret: "s" },
  settings: { [privateKeySetting]: key, ...(phrase === "" ? {} : { [passphraseSetting]: phrase }) },
});

beforeAll(async () => {
  const image = await assemble();
  const broker = await startBroker(lab);
  worker = await Worker.at(lab, image);
  await worker.start({
    properties: plainWorker(worker, broker.plaintext),
    secrets: [
      secretsProperties({ kafka: { key: "k", secret: "s" }, registry: { key: "r", secret: "s" }, passwords: {} }),
      sinkProperties("snowflake", sinkSecrets(keys.plain)),
      sinkProperties("encrypted", sinkSecrets(keys.encrypted, passphrase)),
      sinkProperties("pkcs1", sinkSecrets(keys.pkcs1)),
      sinkProperties("wrong", sinkSecrets(keys.encrypted, "battery staple")),
      // To the plugin, a reference: it leaves the connection for later, and the connector gets to its start.
      sinkProperties("later", sinkSecrets("${env:NONE}")),
    ].join(""),
  });
});

afterAll(() => lab.stop());

const graph = declaredGraph(pipeline);
/** Nobody answers there, and the plugin does not wait for long. */
const nowhere = { url: "http://127.0.0.1:9", patience: "loginTimeout:2,networkTimeout:2000" };

/** The rendered configuration of a target, with nothing changed for the test but addresses and paths. */
function rendered(target: string, hasPassphrase = false): Record<string, string> {
  return snowflakeSink(target, {
    version,
    landing: { url: nowhere.url, user: "LOADER", role: "LOADER", database: "PIPELINE_TEST", schema: "LANDING" },
    topics: sinkTopics(graph, { reads: "all" }, 2),
    tasks: 1,
    registryUrl: "http://127.0.0.1:9",
    hasPassphrase,
    secretsFile: worker.secretsFile,
    replicationFactor: 1,
    extra: { "snowflake.jdbc.map": nowhere.patience },
  });
}

function changed(config: Record<string, string>, change: Change): Record<string, string> {
  const entries = Object.entries({ ...config, ...change });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

interface Validation {
  readonly configs: readonly { readonly value: { readonly name: string; readonly errors: readonly string[] } }[];
}

/** What the plugin finds wrong with a connector, as `setting: message`. */
async function errorsOf(config: Record<string, string>): Promise<string[]> {
  const where = `/connector-plugins/${config["connector.class"] ?? ""}/config/validate`;
  const request = { ...config, name: "sink-snowflake" };
  const { status, body } = await worker.request<Validation & { message?: string }>("PUT", where, request);
  if (status === 500) {
    return [`the plugin broke down: ${body.message ?? ""}`];
  }
  expect(status).toBe(200);
  return body.configs.flatMap(({ value }) => value.errors.map((error) => `${value.name}: ${error}`)).sort();
}

const cannotConnect = ["private.key", "url.name", "user.name"].map(
  (what) => `snowflake.${what}: snowflake.${what}: Cannot connect to Snowflake`,
);

describe("the rendered sink", () => {
  test("has only settings that the plugin lists, or looks up all the same", async () => {
    const config = rendered("snowflake", true);
    const where = `/connector-plugins/${encodeURIComponent(config["connector.class"] ?? "")}/config`;
    const { body } = await worker.request<{ name: string }[]>("GET", where);
    const listed = body.map(({ name }) => name);
    const others = Object.keys(config).filter((key) => !listed.includes(key) && key !== "reconcile.forget");
    const leftOut = ["snowflake.enable.schematization", "snowflake.jdbc.map"];
    expect(others.filter((key) => !isOfKafkaConnect(key))).toEqual(leftOut);
    const folder = path.join(worker.plugins, "snowflake");
    expect(constantsIn(folder, /^snowflake-.*\.jar$/, "com/snowflake/kafka/*.class", leftOut)).toEqual(leftOut);
  });

  test("its own list of settings has all that the plugin has, but for what only tests use", async () => {
    const where = `/connector-plugins/${rendered("snowflake")["connector.class"] ?? ""}/config`;
    const { body } = await worker.request<{ name: string }[]>("GET", where);
    const unknown = body
      .map(({ name }) => name)
      .filter((name) => !snowflakeProperties[3].includes(name) && !isOfKafkaConnect(name));
    expect(unknown.sort()).toEqual(["snowflake.test.rebalancing"]);
  });

  test("is right for the plugin, as far as it can tell without a network", async () => {
    expect(await errorsOf(rendered("snowflake"))).toEqual(cannotConnect);
  });

  test("is right with an encrypted key and its passphrase", async () => {
    expect(await errorsOf(rendered("encrypted", true))).toEqual(cannotConnect);
  });

  test.each<[string, Change, string[]]>([
    [
      "no url",
      { "snowflake.url.name": "" },
      ["snowflake.url.name: Invalid value  for configuration snowflake.url.name: String must be non-empty"],
    ],
    [
      "an address that is none",
      { "snowflake.url.name": "acme" },
      ["snowflake.url.name: snowflake.url.name is not a valid snowflake url"],
    ],
    [
      "no user",
      { "snowflake.user.name": "" },
      ["snowflake.user.name: Invalid value  for configuration snowflake.user.name: String must be non-empty"],
    ],
    [
      "no database",
      { "snowflake.database.name": "" },
      ["snowflake.database.name: Invalid value  for configuration snowflake.database.name: String must be non-empty"],
    ],
    [
      "an empty role",
      { "snowflake.role.name": "" },
      ["snowflake.role.name: Invalid value  for configuration snowflake.role.name: String must be non-empty"],
    ],
  ])("with %s is refused", async (_, change, expected) => {
    expect(await errorsOf(changed(rendered("snowflake"), change))).toEqual(expected);
  });

  test.each<[string, Change, RegExp, RegExp?]>([
    ["an unknown way in", { "snowflake.ingestion.method": "COPY" }, /^snowflake\.ingestion\.method: /],
    ["NULLs neither kept nor dropped", { "behavior.on.null.values": "drop" }, /^behavior\.on\.null\.values: /],
    [
      "a table of one letter",
      { "snowflake.topic2table.map": "mssql.dbo.ORDERS:O" },
      /^snowflake\.topic2table\.map: /,
      /^the plugin broke down: .*Invalid topic2table map/s,
    ],
    ["half of a mapping", { "snowflake.topic2table.map": "mssql.dbo.ORDERS:" }, /^snowflake\.topic2table\.map: /],
    [
      "topics that are one as patterns",
      { "snowflake.topic2table.map": "a.b:AB,axb:AXB" },
      /^snowflake\.topic2table\.map: /,
      /^the plugin broke down: .*Invalid topic2table map/s,
    ],
    [
      "a lag that is no number",
      { "snowflake.streaming.max.client.lag": "soon" },
      /^snowflake\.streaming\.max\.client\.lag: /,
    ],
    ["errors half tolerated", { "errors.tolerance": "some" }, /^errors\.tolerance: /],
    ["no topics", { topics: undefined }, /^topics: /],
    ["no tasks", { "tasks.max": "0" }, /^tasks\.max: /],
  ])("with %s is refused, and ours says so first", async (_, change, expected, byPlugin = expected) => {
    const config = changed(rendered("snowflake"), change);
    expect(await errorsOf(config)).toContainEqual(expect.stringMatching(byPlugin));
    if (!("topics" in change)) {
      const own = snowflakeStartMistakes("sink-snowflake", config).map(({ key, text }) => `${key}: ${text}`);
      expect(own).toContainEqual(expect.stringMatching(expected));
    }
  });

  test("with a key that is encrypted, and no passphrase, is refused", async () => {
    expect(await errorsOf(rendered("encrypted"))).toEqual([
      "snowflake.private.key: snowflake.private.key must be a valid PEM RSA private key",
    ]);
    expect(privateKeyMistake(keys.encrypted)).toMatch(/^it is encrypted\. /);
  });

  test("with a key in PKCS#1 goes on here, though Snowflake documents PKCS#8 alone: we refuse it", async () => {
    expect(await errorsOf(rendered("pkcs1"))).toEqual(cannotConnect);
    expect(privateKeyMistake(keys.pkcs1)).toMatch(/^it is not in PKCS#8 form\. /);
  });

  test("with a passphrase that does not open the key is refused", async () => {
    expect(await errorsOf(rendered("wrong", true))).toEqual([
      "snowflake.private.key.passphrase: snowflake.private.key.passphrase is not valid",
      "snowflake.private.key: snowflake.private.key is not valid",
    ]);
  });
});

/** The settings that the connector names when it starts and gives up, in the order of their names. */
async function refusedAtStart(name: string, change: Change): Promise<string[]> {
  const config = changed(rendered("later"), change);
  await worker.put(name, config);
  const trace = await lab.eventually(`${name} has failed`, 30, async () => {
    const { body } = await worker.request<ConnectorStatus>("GET", `/connectors/${name}/status`);
    return body.connector.trace;
  });
  await worker.request("DELETE", `/connectors/${name}`);
  return [...trace.matchAll(/Config value '([^']+)' is invalid/g)].map(([, key = ""]) => key).sort();
}

describe("at its start", () => {
  test("the rendered sink gets as far as the key, which is none here", async () => {
    expect(await refusedAtStart(sinkName("later"), {})).toEqual([]);
  });

  test.each<[string, Change]>([
    ["no role", { "snowflake.role.name": undefined }],
    [
      "columns without streaming",
      {
        "snowflake.ingestion.method": "SNOWPIPE",
        "snowflake.streaming.max.client.lag": undefined,
        "snowflake.streaming.enable.single.buffer": undefined,
      },
    ],
    [
      "a lag without streaming",
      {
        "snowflake.ingestion.method": "SNOWPIPE",
        "snowflake.enable.schematization": "false",
        "snowflake.streaming.enable.single.buffer": undefined,
      },
    ],
    [
      "a converter of version 1 for keys",
      { "key.converter": "com.snowflake.kafka.connector.records.SnowflakeAvroConverter" },
    ],
  ])("with %s it refuses what we refuse", async (_, change) => {
    const name = "sink-later";
    const own = snowflakeStartMistakes(name, changed(rendered("later"), change)).map(({ key }) => key);
    expect(own.length).toBeGreaterThan(0);
    expect(await refusedAtStart(name, change)).toEqual([...new Set(own)].sort());
  });

  test("values without fields are refused, under the converter's own name", async () => {
    const value = "org.apache.kafka.connect.storage.StringConverter";
    expect(await refusedAtStart("sink-later", { "value.converter": value })).toEqual([value]);
    const own = snowflakeStartMistakes("sink-later", changed(rendered("later"), { "value.converter": value }));
    expect(own.map(({ key }) => key)).toEqual(["value.converter"]);
  });
});
