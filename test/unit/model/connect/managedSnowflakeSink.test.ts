import { readFileSync } from "node:fs";
import {
  managedSinkDifferences,
  managedSnowflakeMistakes,
  managedSnowflakeClass,
  managedSnowflakeSink,
  type ManagedSnowflakeSettings,
} from "../../../../model/connect/managedSnowflakeSink.ts";
import { sinkSettings } from "./sinks.ts";

const settings: ManagedSnowflakeSettings = {
  landing: sinkSettings.landing,
  topics: sinkSettings.topics,
  serviceAccount: "sa-1",
  privateKey: "MIIEvg==",
  extra: {},
};

it("is this, for Confluent", () => {
  expect(managedSnowflakeSink("snowflake", settings)).toEqual({
    nonsensitive: {
      name: "sink-snowflake",
      "connector.class": "SnowflakeSink",
      "tasks.max": "1",
      topics: "mssql.dbo.ORDERS,mysql.customers",
      "input.data.format": "AVRO",
      "input.key.format": "AVRO",
      "kafka.auth.mode": "SERVICE_ACCOUNT",
      "kafka.service.account.id": "sa-1",
      "snowflake.url.name": "https://acme-shop.snowflakecomputing.com",
      "snowflake.user.name": "PIPELINE_DEV_LOADER",
      "snowflake.role.name": "PIPELINE_DEV_LOADER",
      "snowflake.database.name": "PIPELINE_DEV",
      "snowflake.schema.name": "LANDING",
      "snowflake.topic2table.map": "mssql.dbo.ORDERS:ORDERS,mysql.customers:CUSTOMERS",
      "snowflake.ingestion.method": "SNOWPIPE_STREAMING",
      "snowflake.enable.schematization": "true",
      "snowflake.metadata.all": "true",
      "behavior.on.null.values": "DEFAULT",
      "errors.tolerance": "all",
      "consumer.override.isolation.level": "read_committed",
      "value.converter.ignore.default.for.nullables": "true",
    },
    sensitive: { "snowflake.private.key": "MIIEvg==" },
  });
});

it("has the passphrase of its key among the secrets, where there is one", () => {
  expect(managedSnowflakeSink("snowflake", { ...settings, passphrase: "correct horse" }).sensitive).toEqual({
    "snowflake.private.key": "MIIEvg==",
    "snowflake.private.key.passphrase": "correct horse",
  });
});

it.each([
  [[6, 6], "1"],
  [[50], "1"],
  [[48, 3], "2"],
  [[60, 60], "3"],
])("topics of %j partitions have %s tasks, as Confluent advises", (partitions, tasks) => {
  const topics = partitions.map((count, index) => ({ topic: `t${index}`, table: `T${index}`, partitions: count }));
  expect(managedSnowflakeSink("snowflake", { ...settings, topics }).nonsensitive["tasks.max"]).toBe(tasks);
});

it("has only properties of Confluent's connector, all that it wants, legal values, and no secret in the open half", () => {
  const { nonsensitive, sensitive } = managedSnowflakeSink("snowflake", { ...settings, passphrase: "x" });
  const { properties, required, legal, secrets } = managedSnowflakeClass;
  const all = { ...nonsensitive, ...sensitive };
  expect(Object.keys(all).filter((key) => !properties.includes(key))).toEqual([]);
  expect(required.filter((key) => (all[key] ?? "") === "")).toEqual([]);
  expect(Object.entries(all).filter(([key, value]) => legal[key]?.includes(value) === false)).toEqual([]);
  expect(Object.keys(nonsensitive).filter((key) => secrets.includes(key))).toEqual([]);
  expect(Object.keys(sensitive).filter((key) => !secrets.includes(key))).toEqual([]);
  expect(Object.keys(nonsensitive)).toEqual(Object.keys(nonsensitive).toSorted());
});

it("describes the connector consistently", () => {
  const { properties, required, legal, secrets } = managedSnowflakeClass;
  expect(new Set(properties).size).toBe(properties.length);
  expect([...required, ...Object.keys(legal), ...secrets].filter((key) => !properties.includes(key))).toEqual([]);
});

describe("settings of the user's", () => {
  it("that Confluent's connector has are taken", () => {
    expect(
      managedSnowflakeMistakes({ "max.poll.records": 1000, "tasks.max": 3, "auto.restart.on.user.error": false }),
    ).toEqual([]);
    expect(managedSnowflakeMistakes({ "snowflake.useHttpsProxy": true, "snowflake.https.proxyHost": "proxy" })).toEqual(
      [],
    );
  });

  const or = "or let workers of your own run the connector (connect.placement: ec2 or onPremises)";
  it.each<[string, unknown, string]>([
    ["topics", "x", "the pipeline sets it itself. Take it out."],
    ["snowflake.role.name", "SYSADMIN", "the pipeline sets it itself. Take it out."],
    ["behavior.on.null.values", "IGNORE", "the pipeline sets it itself. Take it out."],
    ["snowflake.metadata.topic", false, "the pipeline sets it itself. Take it out."],
    ["consumer.override.auto.offset.reset", "latest", "the pipeline sets it itself. Take it out."],
    ["snowflake.private.key", "MII", "it is a secret, and settings are none. Take it out."],
    ["snowflake.https.proxyPassword", "x", "it is a secret, and settings are none. Take it out."],
    ["transforms", "mine", "tables are made for rows as they are in their topics. Take it out."],
    ["jmx", true, `SnowflakeSink has no such setting and would not look at it. Take it out, ${or}.`],
    [
      "max.poll.record",
      1,
      `SnowflakeSink has no such setting and would not look at it. Write max.poll.records, take it out, ${or}.`,
    ],
    ["tasks.max", 0, "0 is not legal. Write a whole number, 1 or more."],
    ["snowflake.useHttpsProxy", "yes", "it is not yes. Write false or true."],
    ["max.poll.records", {}, "its value must be text, a number, true or false."],
  ])("%s: %j", (key, value, mistake) => {
    expect(managedSnowflakeMistakes({ [key]: value })).toEqual([`${key}: ${mistake}`]);
  });

  it("may be nothing of what is rendered, but how many tasks there are", () => {
    const { nonsensitive, sensitive } = managedSnowflakeSink("snowflake", { ...settings, passphrase: "x" });
    const free = [...Object.keys(nonsensitive), ...Object.keys(sensitive)].filter(
      (key) => !managedSnowflakeMistakes({ [key]: "1" }).some((text) => text.includes("Take it out")),
    );
    expect(free).toEqual(["tasks.max"]);
  });
});

it("what differs from workers of our own is said once each, and in the docs", () => {
  const docs = readFileSync("docs/sinks.md", "utf8").replace(/\s+/g, " ");
  expect(new Set(managedSinkDifferences).size).toBe(managedSinkDifferences.length);
  expect(managedSinkDifferences.filter((text) => !docs.includes(`- ${text} `))).toEqual([]);
});
