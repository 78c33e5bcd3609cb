import { adjustableSinkKeys, sinkSettingsMistakes } from "../../../../model/connect/sinkSettings.ts";
import { snowflakeSink } from "../../../../model/connect/snowflakeSink.ts";
import { sinkSettings } from "./sinks.ts";

const mistakesOf = (version: string, extra: Record<string, unknown>) =>
  sinkSettingsMistakes("snowflake", { ...sinkSettings, version }, extra);

describe("extra settings of a sink", () => {
  it.each<[string, Record<string, unknown>]>([
    ["4.1.0", { "tasks.max": 6, "consumer.override.max.poll.records": 2000, "jvm.proxy.host": "proxy.lan" }],
    ["4.1.0", { "snowflake.streaming.classic.offset.migration": "best_effort", jmx: false }],
    ["4.1.0", { "snowflake.streaming.metrics.prometheus.enable": true, "jvm.proxy.password": "${env:PROXY}" }],
    ["3.5.4", { "snowflake.streaming.max.client.lag": 1, "snowflake.jdbc.map": "networkTimeout:20000" }],
    ["2.5.0", { "snowflake.streaming.max.client.lag": "10" }],
  ])("that are good, of version %s: %j", (version, extra) => {
    expect(mistakesOf(version, extra)).toEqual([]);
  });

  it.each<[string, string, unknown, string]>([
    ["4.1.0", "topics", "x", "the pipeline sets it itself from pipeline.ts. Take it out."],
    ["4.1.0", "topics.regex", ".*", "the pipeline sets it itself from pipeline.ts. Take it out."],
    ["4.1.0", "snowflake.topic2table.map", "x:Y", "the pipeline sets it itself from pipeline.ts. Take it out."],
    ["4.1.0", "snowflake.role.name", "SYSADMIN", "the pipeline sets it itself from snowflake's keys. Take it out."],
    ["4.1.0", "snowflake.private.key", "MII", "the connector logs in with snowflake's key pair. Take it out."],
    ["4.1.0", "snowflake.oauth.client.id", "x", "the connector logs in with snowflake's key pair. Take it out."],
    [
      "4.1.0",
      "value.converter",
      "org.apache.kafka.connect.json.JsonConverter",
      "the pipeline sets it itself: rows are Avro, with their schemas in the registry. Take it out.",
    ],
    ["4.1.0", "transforms", "mine", "tables are made for rows as they are in their topics. Take it out."],
    ["4.1.0", "behavior.on.null.values", "ignore", "the current state is computed from it. Take it out."],
    ["4.1.0", "snowflake.metadata.topic", false, "the current state is computed from it. Take it out."],
    [
      "4.1.0",
      "snowflake.validation",
      "client_side",
      "the pipeline sets it itself, since it makes the tables. Take it out.",
    ],
    [
      "3.5.4",
      "snowflake.ingestion.method",
      "SNOWPIPE",
      "the pipeline sets it itself, since it makes the tables. Take it out.",
    ],
    [
      "4.1.0",
      "errors.tolerance",
      "none",
      "the pipeline sets it itself: the stack makes the dead-letter topic. Take it out.",
    ],
    [
      "4.1.0",
      "consumer.override.sasl.jaas.config",
      "x",
      "the pipeline sets it itself: the connector has a Kafka key of its own. Take it out.",
    ],
    ["4.1.0", "reconcile.forget", "false", "the pipeline sets it itself. Take it out."],
    // What this version does not look at
    [
      "4.1.0",
      "snowflake.streaming.max.client.lag",
      1,
      "version 4 of the connector does not have it any more, and would not look at it. Take it out.",
    ],
    [
      "4.1.0",
      "buffer.flush.time",
      10,
      "version 4.1.0 of Snowflake's connector has no such setting, and would not look at it. Take it out.",
    ],
    [
      "4.1.0",
      "snowflake.cache.tables.exist",
      true,
      "version 4.1.0 of Snowflake's connector has no such setting, and would not look at it. Write snowflake.cache.table.exists, or take it out.",
    ],
    [
      "3.5.4",
      "snowflake.cache.table.exists",
      true,
      "version 3.5.4 of Snowflake's connector has no such setting, and would not look at it. Take it out.",
    ],
    [
      "3.5.4",
      "buffer.flush.time",
      10,
      "with a single buffer it is not looked at. Write snowflake.streaming.max.client.lag instead.",
    ],
    // What they are set to
    ["4.1.0", "tasks.max", 0, "0 is not legal. Write a whole number, 1 or more."],
    ["4.1.0", "jmx", "on", "it is not on. Write true or false."],
    ["4.1.0", "tasks.max", [1], "its value must be text, a number, true or false."],
    [
      "4.1.0",
      "jvm.proxy.password",
      "hunter2",
      'a secret must not stand here in clear text. Refer to where the workers have it, e.g. "${env:NAME}".',
    ],
  ])("of version %s, %s: %j", (version, key, value, mistake) => {
    expect(mistakesOf(version, { [key]: value })).toEqual([`${key}: ${mistake}`]);
  });

  it("are all looked at, in the order of their keys", () => {
    const extra = { "tasks.max": 0, jmx: 1, "snowflake.url.name": "x", transforms: "x" };
    expect(mistakesOf("4.1.0", extra).map((mistake) => mistake.split(":")[0])).toEqual([
      "jmx",
      "snowflake.url.name",
      "tasks.max",
      "transforms",
    ]);
  });

  it.each(["4.1.0", "3.5.4"])("of version %s may be nothing of what is rendered, but what is adjustable", (version) => {
    const rendered = snowflakeSink("snowflake", { ...sinkSettings, version, hasPassphrase: true });
    const isRefused = (key: string) =>
      mistakesOf(version, { [key]: "${env:X}" }).some((text) => text.includes("Take it out"));
    const free = Object.keys(rendered).filter((key) => !isRefused(key));
    expect(free.toSorted()).toEqual(adjustableSinkKeys.filter((key) => key in rendered));
  });
});
