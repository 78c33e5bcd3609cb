import * as path from "node:path";
import { workerProperties } from "../../model/connect/worker.ts";
import { constantsIn } from "../../dataplane/engines/constants.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { graph, startShop, type Shop } from "./shop.ts";

const lab = new Lab("plugins");
let shop: Shop;

beforeAll(async () => {
  shop = await startShop(lab);
});

afterAll(() => lab.stop());

/** Keys that no list of a connector's can have, each with the reason. */
const passedOn = [
  /^driver\./, // handed to the JDBC driver under its own names
  /^schema\.history\.internal\.(producer|consumer)\./, // settings of Kafka's clients
  /^(transforms|predicates)\.\w+\./, // looked up in the transform's and the predicate's own list below
];

/** Keys that Debezium 3.5 looks up but leaves out of its lists; that it does look them up is tested below. */
const leftOut = [
  "event.converting.failure.handling.mode",
  "field.name.adjustment.mode",
  "replace.null.with.default", // of ExtractNewRecordState
  "schema.history.internal.kafka.bootstrap.servers",
  "schema.history.internal.kafka.query.timeout.ms",
  "schema.history.internal.kafka.topic",
  "topic.heartbeat.prefix",
];

/** What Connect itself adds to every transform and predicate. */
const connectsOwn = { transforms: ["type", "predicate", "negate"], predicates: ["type"] };

/** The settings that a plugin says it has. */
async function listOf(pluginClass: string): Promise<string[]> {
  const where = `/connector-plugins/${encodeURIComponent(pluginClass)}/config`;
  const { status, body } = await shop.worker.request<{ name: string }[]>("GET", where);
  expect({ pluginClass, status }).toEqual({ pluginClass, status: 200 });
  return body.map(({ name }) => name);
}

/** Settings of a connector's transforms or predicates, by class: `regex` of `transforms.route.regex` and so on. */
function settingsByClass(config: Record<string, string>, what: "transforms" | "predicates"): [string, string[]][] {
  return (config[what] ?? "").split(",").map((name) => {
    const prefix = `${what}.${name}.`;
    const keys = Object.keys(config).filter((key) => key.startsWith(prefix));
    return [config[`${prefix}type`] ?? "", keys.map((key) => key.slice(prefix.length))];
  });
}

interface Validation {
  readonly configs: readonly { readonly value: { readonly name: string; readonly errors: readonly string[] } | null }[];
}

/** What the plugin finds wrong with a connector, as `setting: message`. */
async function errorsOf(name: string, config: Record<string, string>): Promise<string[]> {
  const where = `/connector-plugins/${config["connector.class"] ?? ""}/config/validate`;
  const { status, body } = await shop.worker.request<Validation>("PUT", where, { ...config, name });
  expect({ name, status }).toEqual({ name, status: 200 });
  // Debezium answers null for a setting that it cannot judge.
  return body.configs.flatMap(({ value }) => (value?.errors ?? []).map((error) => `${value?.name ?? ""}: ${error}`));
}

describe.each(graph.sources.map(({ name }) => name))("the rendered connector of %s", (name) => {
  test("has only settings that its plugin knows", async () => {
    const config = shop.connector(name);
    const known = [...(await listOf(config["connector.class"] ?? "")), ...leftOut];

    expect(
      Object.keys(config).filter((key) => !known.includes(key) && !passedOn.some((pattern) => pattern.test(key))),
    ).toEqual([]);
  });

  test.each(["transforms", "predicates"] as const)("has only settings that its %s know", async (what) => {
    for (const [plugin, keys] of settingsByClass(shop.connector(name), what)) {
      const known = [...(await listOf(plugin)), ...connectsOwn[what], ...leftOut];
      expect({ plugin, unknown: keys.filter((key) => !known.includes(key)) }).toEqual({ plugin, unknown: [] });
    }
  });
});

test.each(["debezium-connector-sqlserver", "debezium-connector-mysql", "debezium-connector-mariadb"])(
  "%s looks up the settings that it leaves out of its list",
  (plugin) => {
    const folder = path.join(shop.worker.plugins, plugin);

    expect(constantsIn(folder, /^debezium-.*\.jar$/, "*.class", [...leftOut, "no.such.setting"])).toEqual(leftOut);
  },
);

test.each(["key", "value"])("the worker's %s converter looks up the settings that it is given", (side) => {
  const prefix = `${side}.converter.`;
  const given = Object.keys(workerProperties({ bootstrapServers: "b:1", registryUrl: "https://registry" }))
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  const folder = path.join(shop.worker.plugins, "snowflake");

  // Confluent's converter has no list at all.
  expect(given.length).toBeGreaterThan(3);
  expect(constantsIn(folder, /^snowflake-.*\.jar$/, "io/confluent/*.class", given)).toEqual(given);
});

describe("the plugins' own validation", () => {
  test.each(["maria", "pg"])("finds nothing wrong with %s, whose server runs", async (name) => {
    expect(await errorsOf(name, shop.connector(name))).toEqual([]);
  });

  test.each(["mssql", "mysql"])("finds nothing wrong with %s but that its server does not answer", async (name) => {
    // SQL Server's driver would try for half a minute.
    const impatient = name === "mssql" ? { "driver.loginTimeout": "1" } : {};
    expect(await errorsOf(name, { ...shop.connector(name), ...impatient })).toEqual([
      expect.stringMatching(/^database\.hostname: Unable to connect/),
    ]);
  });

  test.each(graph.sources.map(({ name }) => name))(
    "would find a value of %s that Debezium does not know",
    async (name) => {
      const config = { ...shop.connector(name), "snapshot.mode": "schema_only" };

      expect(await errorsOf(name, config)).toContainEqual(expect.stringMatching(/^snapshot\.mode: /));
    },
  );

  test("finds a password that the database refuses", async () => {
    const wrong = { ...shop.connector("pg"), "database.password": "wrong" };

    expect(await errorsOf("pg", wrong)).toContainEqual(expect.stringContaining("password authentication failed"));
  });
});
