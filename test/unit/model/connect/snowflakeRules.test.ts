import { snowflakeStartMistakes } from "../../../../model/connect/snowflakeRules.ts";
import { snowflakeSink } from "../../../../model/connect/snowflakeSink.ts";
import { sinkSettings } from "./sinks.ts";

type Change = Readonly<Record<string, string | undefined>>;

/** What is wrong with the rendered settings of a version when these are changed, `key: sentence`; `undefined` takes one out. */
function mistakesOf(version: string, change: Change, name = "sink-snowflake"): string[] {
  const config = { ...snowflakeSink("snowflake", { ...sinkSettings, version }), ...change };
  const given = Object.entries(config).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return snowflakeStartMistakes(name, Object.fromEntries(given)).map(({ key, text }) => `${key}: ${text}`);
}

const avro = "io.confluent.connect.avro.AvroConverter";
const classic = "snowflake.streaming.validate.compatibility.with.classic";
const classicMistake = `${classic}: unless it is false, version 4 starts only with all the ways of version 3. Write false.`;
const missing = (key: string) => `${key}: it is missing, and the connector does not start without it. Write it.`;
const inName =
  "name: Snowflake's connector takes letters, digits, _, - and $ in its name, two or more, no dots, and no digit first, not";
const removed = (key: string) =>
  `${key}: version 4 of the connector does not have it any more, and would not look at it. Take it out.`;
const notYet = (key: string) =>
  `${key}: the connector has it from version 4 on, and would not look at it. Take it out.`;

describe.each(["4.1.0", "3.5.4"])("version %s", (version) => {
  it("starts with what is rendered", () => {
    expect(mistakesOf(version, {})).toEqual([]);
  });

  it.each<[string, Change, string[]]>([
    ["no role", { "snowflake.role.name": undefined }, [missing("snowflake.role.name")]],
    ["an empty role", { "snowflake.role.name": "" }, [missing("snowflake.role.name")]],
    ["no url", { "snowflake.url.name": undefined }, [missing("snowflake.url.name")]],
    ["no user", { "snowflake.user.name": undefined }, [missing("snowflake.user.name")]],
    ["no database", { "snowflake.database.name": undefined }, [missing("snowflake.database.name")]],
    ["no schema", { "snowflake.schema.name": undefined }, [missing("snowflake.schema.name")]],
    ["no key", { "snowflake.private.key": undefined }, [missing("snowflake.private.key")]],
    [
      "another login instead of the key",
      { "snowflake.private.key": undefined, "snowflake.authenticator": "oauth" },
      [],
    ],
    [
      "an unknown login",
      { "snowflake.authenticator": "password" },
      ["snowflake.authenticator: it is not password. Write snowflake_jwt or oauth."],
    ],
    [
      "NULLs dropped and kept",
      { "behavior.on.null.values": "drop" },
      ["behavior.on.null.values: it is not drop. Write default or ignore."],
    ],
    ["the same in upper case", { "behavior.on.null.values": "IGNORE" }, []],
    ["JMX neither on nor off", { jmx: "yes" }, ["jmx: it is not yes. Write true or false."]],
    ["no tasks", { "tasks.max": "0" }, ["tasks.max: 0 is not legal. Write a whole number, 1 or more."]],
    [
      "values without fields",
      { "value.converter": "org.apache.kafka.connect.storage.StringConverter" },
      [
        `value.converter: org.apache.kafka.connect.storage.StringConverter gives no fields to make columns of (snowflake.enable.schematization). Write ${avro}.`,
      ],
    ],
    [
      "bytes",
      { "value.converter": "org.apache.kafka.connect.converters.ByteArrayConverter" },
      [
        `value.converter: org.apache.kafka.connect.converters.ByteArrayConverter gives no fields to make columns of (snowflake.enable.schematization). Write ${avro}.`,
      ],
    ],
    [
      "a converter of version 1",
      { "value.converter": "com.snowflake.kafka.connector.records.SnowflakeAvroConverter" },
      [
        `value.converter: Snowflake's own converters are gone with streaming (com.snowflake.kafka.connector.records.SnowflakeAvroConverter). Write ${avro}.`,
      ],
    ],
    [
      "errors tolerated, and no topic for them",
      { "errors.deadletterqueue.topic.name": undefined },
      [
        "errors.tolerance: all without errors.deadletterqueue.topic.name loses what cannot be read. Write none, or name the topic.",
      ],
    ],
    [
      "a topic for errors that are not tolerated",
      { "errors.tolerance": "none" },
      [
        "errors.deadletterqueue.topic.name: with errors.tolerance none, the first bad record stops the task all the same. Write errors.tolerance: all, or take it out.",
      ],
    ],
    ["neither", { "errors.tolerance": "none", "errors.deadletterqueue.topic.name": undefined }, []],
    [
      "some errors tolerated",
      { "errors.tolerance": "some", "errors.deadletterqueue.topic.name": undefined },
      ["errors.tolerance: it is not some. Write none or all."],
    ],
    [
      "a topic without a table",
      { topics: "mssql.dbo.ORDERS,mysql.customers,ORDERS_ENRICHED" },
      [
        "snowflake.topic2table.map: it has no table for ORDERS_ENRICHED, whose rows would go to a table of the topic's name. Write ORDERS_ENRICHED:TABLE.",
      ],
    ],
    [
      "half of a mapping",
      { "snowflake.topic2table.map": "mssql.dbo.ORDERS:ORDERS,mysql.customers:" },
      ["snowflake.topic2table.map: mysql.customers: is not a topic and a table. Write topic:TABLE."],
    ],
    [
      "topics that are one as patterns",
      {
        topics: "a.b.ORDERS,a.bxORDERS",
        "snowflake.topic2table.map": "a.b.ORDERS:ORDERS,a.bxORDERS:OTHERS",
      },
      [
        "snowflake.topic2table.map: a.b.ORDERS and a.bxORDERS are one to the connector, which reads topics as regular expressions. Give one of them another name.",
      ],
    ],
    [
      "a topic twice",
      { "snowflake.topic2table.map": "mssql.dbo.ORDERS:ORDERS,mysql.customers:CUSTOMERS,mysql.customers:CUSTOMERS" },
      [
        "snowflake.topic2table.map: mysql.customers and mysql.customers are one to the connector, which reads topics as regular expressions. Give one of them another name.",
      ],
    ],
  ])("with %s", (_, change, expected) => {
    expect(mistakesOf(version, change)).toEqual(expected);
  });

  it.each([
    ["sink-snowflake", []],
    ["sink_2$", []],
    ["sink.snowflake", [`${inName} sink.snowflake. Give the target another name.`]],
    ["2sink", [`${inName} 2sink. Give the target another name.`]],
    ["s", [`${inName} s. Give the target another name.`]],
    ["sink snowflake", [`${inName} sink snowflake. Give the target another name.`]],
  ])("called %s", (name, expected) => {
    expect(mistakesOf(version, {}, name)).toEqual(expected);
  });
});

describe("version 4 alone", () => {
  it.each<[string, Change, string[]]>([
    ["the check against version 3 left on", { [classic]: undefined }, [classicMistake]],
    ["the same, said", { [classic]: "true" }, [classicMistake]],
    [
      "all the ways of version 3",
      {
        [classic]: "true",
        "snowflake.validation": "client_side",
        "snowflake.compatibility.enable.column.identifier.normalization": "true",
        "snowflake.compatibility.enable.autogenerated.table.name.sanitization": "true",
        "snowflake.streaming.classic.offset.migration": "skip",
      },
      [],
    ],
    [
      "its places taken over, and not said of which names",
      {
        [classic]: "true",
        "snowflake.validation": "client_side",
        "snowflake.compatibility.enable.column.identifier.normalization": "true",
        "snowflake.compatibility.enable.autogenerated.table.name.sanitization": "true",
        "snowflake.streaming.classic.offset.migration": "strict",
      },
      [classicMistake],
    ],
    ["places taken over, without that check", { "snowflake.streaming.classic.offset.migration": "best_effort" }, []],
    [
      "an unknown way to take them over",
      { "snowflake.streaming.classic.offset.migration": "try" },
      ["snowflake.streaming.classic.offset.migration: it is not try. Write skip, best_effort or strict."],
    ],
    [
      "a validation that is none",
      { "snowflake.validation": "both" },
      ["snowflake.validation: it is not both. Write client_side or server_side."],
    ],
    [
      "tables of an unknown type",
      { "snowflake.autocreate.table.type": "delta" },
      ["snowflake.autocreate.table.type: it is not delta. Write snowflake, iceberg or none."],
    ],
    [
      "options of Iceberg for other tables",
      { "snowflake.iceberg.create.table.options": "ICEBERG_VERSION = 3" },
      [
        "snowflake.iceberg.create.table.options: it is for Iceberg tables, and snowflake.autocreate.table.type is none. Take it out.",
      ],
    ],
    [
      "rows for Iceberg checked by the client",
      { "snowflake.autocreate.table.type": "iceberg", "snowflake.validation": "client_side" },
      ["snowflake.validation: client_side cannot check rows for Iceberg tables. Write server_side."],
    ],
    [
      "a cache that never ends",
      { "snowflake.cache.table.exists.expire.ms": "0" },
      ["snowflake.cache.table.exists.expire.ms: 0 is not legal. Write a whole number, 1 or more."],
    ],
    ...[
      "buffer.count.records",
      "buffer.flush.time",
      "buffer.size.bytes",
      "enable.streaming.client.optimization",
      "snowflake.ingestion.method",
      "snowflake.snowpipe.v2CleanerEnabled",
      "snowflake.streaming.enable.single.buffer",
      "snowflake.streaming.iceberg.enabled",
      "snowflake.streaming.max.memory.limit.bytes",
    ].map((key): [string, Change, string[]] => [`what is gone: ${key}`, { [key]: "1" }, [removed(key)]]),
  ])("with %s", (_, change, expected) => {
    expect(mistakesOf("4.1.0", change)).toEqual(expected);
  });
});

describe("version 3 alone", () => {
  const files = {
    "snowflake.ingestion.method": "SNOWPIPE",
    "snowflake.streaming.enable.single.buffer": undefined,
    "snowflake.streaming.max.client.lag": undefined,
  };

  it.each<[string, Change, string[]]>([
    [
      "columns without streaming",
      files,
      [
        "snowflake.enable.schematization: only snowflake.ingestion.method: SNOWPIPE_STREAMING makes columns of fields. Write that too.",
      ],
    ],
    ["neither", { ...files, "snowflake.enable.schematization": "false" }, []],
    [
      "files, and no role",
      { ...files, "snowflake.enable.schematization": "false", "snowflake.role.name": undefined },
      [],
    ],
    [
      "a setting of streaming alone",
      { ...files, "snowflake.enable.schematization": "false", "snowflake.streaming.max.client.lag": "5" },
      [
        "snowflake.streaming.max.client.lag: only snowflake.ingestion.method: SNOWPIPE_STREAMING has it. Write that too, or take it out.",
      ],
    ],
    [
      "an unknown way in",
      { "snowflake.ingestion.method": "COPY" },
      [
        "snowflake.ingestion.method: it is not COPY. Write snowpipe or snowpipe_streaming.",
        "snowflake.enable.schematization: only snowflake.ingestion.method: SNOWPIPE_STREAMING makes columns of fields. Write that too.",
        "snowflake.streaming.max.client.lag: only snowflake.ingestion.method: SNOWPIPE_STREAMING has it. Write that too, or take it out.",
        "snowflake.streaming.enable.single.buffer: only snowflake.ingestion.method: SNOWPIPE_STREAMING has it. Write that too, or take it out.",
      ],
    ],
    [
      "a buffer that is not there",
      { "buffer.flush.time": "10" },
      [
        "buffer.flush.time: with a single buffer it is not looked at. Write snowflake.streaming.max.client.lag instead.",
      ],
    ],
    [
      "a lag that is no number",
      { "snowflake.streaming.max.client.lag": "1s" },
      ["snowflake.streaming.max.client.lag: 1s is not legal. Write a whole number, 1 or more."],
    ],
    [
      "channels of two names",
      { "snowflake.streaming.channel.name.include.connector.name": "true" },
      [
        "snowflake.streaming.channel.name.include.connector.name: it needs enable.streaming.channel.offset.migration: false. Write that too.",
      ],
    ],
    [
      "a table of one letter",
      { "snowflake.topic2table.map": "mssql.dbo.ORDERS:O,mysql.customers:CUSTOMERS" },
      [
        "snowflake.topic2table.map: version 3 takes tables with two characters or more of A to Z, 0 to 9, _ and $, not O. Give the table another name in pipeline.ts.",
      ],
    ],
    ...["snowflake.validation", "snowflake.autocreate.table.type", classic, "snowflake.cache.table.exists"].map(
      (key): [string, Change, string[]] => [`what is yet to come: ${key}`, { [key]: "true" }, [notYet(key)]],
    ),
  ])("with %s", (_, change, expected) => {
    expect(mistakesOf("3.5.4", change)).toEqual(expected);
  });

  it("takes a table of one letter no more, and version 4 does", () => {
    expect(mistakesOf("4.1.0", { "snowflake.topic2table.map": "mssql.dbo.ORDERS:O,mysql.customers:C" })).toEqual([]);
  });
});
