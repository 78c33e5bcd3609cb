import type { SourceKind } from "../../../../model/columnTypes.ts";
import { extraSettingsMistakes } from "../../../../model/connect/extraSettings.ts";
import { adjustableKeys } from "../../../../model/connect/ownKeys.ts";
import { rendered } from "./rendered.ts";
import { shop } from "./shop.ts";

const kinds: readonly SourceKind[] = ["sqlServer", "mySql", "mariaDb", "postgres"];

describe("extra settings", () => {
  it.each<[SourceKind, Record<string, unknown>]>([
    ["sqlServer", { "snapshot.isolation.mode": "read_committed", "max.batch.size": 4096, "max.queue.size": "16384" }],
    ["sqlServer", { "driver.applicationIntent": "ReadOnly", "streaming.fetch.size": 0, "data.query.mode": "function" }],
    [
      "mySql",
      { "snapshot.mode": "when_needed", "snapshot.locking.mode": "minimal_percona", "gtid.source.includes": "x" },
    ],
    ["mariaDb", { "snapshot.locking.mode": "none", "snapshot.max.threads": 4, "producer.override.linger.ms": 50 }],
    ["postgres", { "snapshot.isolation.mode": "serializable", "slot.failover": true, "poll.interval.ms": "100" }],
    ["postgres", { "heartbeat.action.query": "UPDATE beats SET at = now()", "heartbeat.interval.ms": 60000 }],
    ["postgres", { "database.sslkey": "/keys/me.pk8", "database.sslpassword": "${env:KEY_PASSWORD}" }],
    ["mySql", { "column.mask.with.8.chars": "shop.customers.email", "schema.history.internal.producer.linger.ms": 5 }],
  ])("that are good, of %s: %j", (kind, extra) => {
    expect(extraSettingsMistakes(shop(kind), extra)).toEqual([]);
  });

  it.each<[SourceKind, string, unknown, string]>([
    // What has another name today
    [
      "sqlServer",
      "table.whitelist",
      "x",
      "Debezium 3 knows it as table.include.list, which the pipeline sets itself from pipeline.ts. Take it out.",
    ],
    [
      "mySql",
      "table.blacklist",
      "x",
      "Debezium 3 knows it as table.exclude.list, which the pipeline sets itself from pipeline.ts. Take it out.",
    ],
    [
      "postgres",
      "column.blacklist",
      "x",
      "Debezium 3 knows it as column.exclude.list, which the pipeline sets itself from pipeline.ts. Take it out.",
    ],
    [
      "mySql",
      "database.whitelist",
      "x",
      "Debezium 3 knows it as database.include.list, which shop.database sets. Take it out.",
    ],
    [
      "mySql",
      "database.server.name",
      "x",
      "Debezium 3 knows it as topic.prefix, which the pipeline sets itself, since the stack names and makes every topic. Take it out.",
    ],
    [
      "sqlServer",
      "database.dbname",
      "x",
      "Debezium 3 knows it as database.names, which shop.database sets. Take it out.",
    ],
    [
      "sqlServer",
      "database.encrypt",
      true,
      "Debezium 3 knows it as driver.encrypt, which shop.tls and shop.ca set. Take it out.",
    ],
    [
      "sqlServer",
      "database.applicationIntent",
      "ReadOnly",
      "Debezium 3 knows it as driver.applicationIntent. Write that instead.",
    ],
    [
      "mariaDb",
      "database.history.kafka.topic",
      "x",
      "Debezium 3 knows it as schema.history.internal.kafka.topic, which the pipeline sets itself, to the same for all sources. Take it out.",
    ],
    [
      "mySql",
      "database.history.skip.unparseable.ddl",
      true,
      "Debezium 3 knows it as schema.history.internal.skip.unparseable.ddl. Write that instead.",
    ],
    [
      "mySql",
      "database.history.store.only.monitored.tables.ddl",
      true,
      "Debezium 3 knows it as schema.history.internal.store.only.captured.tables.ddl, which the pipeline sets itself, to the same for all sources. Take it out.",
    ],
    ["postgres", "flush.lsn.source", false, "Debezium 3 knows it as lsn.flush.mode. Write that instead."],
    ["postgres", "slot.drop_on_stop", false, "Debezium 3 knows it as slot.drop.on.stop. Write that instead."],
    [
      "mySql",
      "sanitize.field.names",
      true,
      "Debezium 3 knows it as field.name.adjustment.mode, which the pipeline sets itself, to the same for all sources. Take it out.",
    ],
    [
      "mySql",
      "transforms.unwrap.drop.tombstones",
      false,
      "Debezium 3 knows it as transforms.unwrap.delete.tombstone.handling.mode, which the pipeline sets itself from pipeline.ts. Take it out.",
    ],
    [
      "mySql",
      "transforms.unwrap.delete.handling.mode",
      "rewrite",
      "Debezium 3 knows it as transforms.unwrap.delete.tombstone.handling.mode, which the pipeline sets itself from pipeline.ts. Take it out.",
    ],
    [
      "sqlServer",
      "source.timestamp.mode",
      "commit",
      "neither Debezium 3 nor Kafka Connect has it any more. Take it out.",
    ],
    [
      "sqlServer",
      "internal.key.converter.schemas.enable",
      false,
      "neither Debezium 3 nor Kafka Connect has it any more. Take it out.",
    ],
    // What the pipeline sets
    ["sqlServer", "table.exclude.list", "x", "the pipeline sets it itself from pipeline.ts. Take it out."],
    ["sqlServer", "tasks.max", 4, "the pipeline sets it itself from pipeline.ts. Take it out."],
    ["mySql", "transforms", "mine", "the pipeline sets it itself from pipeline.ts. Take it out."],
    [
      "mySql",
      "decimal.handling.mode",
      "double",
      "the pipeline sets it itself, to the same for all sources. Take it out.",
    ],
    ["mariaDb", "enable.time.adjuster", true, "the pipeline sets it itself, to the same for all sources. Take it out."],
    ["mySql", "binary.handling.mode", "hex", "the pipeline sets it itself, to the same for all sources. Take it out."],
    ["postgres", "slot.name", "mine", "the pipeline sets it itself from the names of stack and source. Take it out."],
    ["mySql", "database.hostname", "x", "shop.host sets it. Take it out."],
    [
      "mySql",
      "database.password",
      "${file:/secrets.properties:other}",
      "shop.user and shop.password set it. Take it out.",
    ],
    ["mySql", "database.server.id", 5, "shop.serverId sets it. Take it out."],
    ["mariaDb", "database.ssl.truststore", "/x", "shop.tls and shop.ca set it. Take it out."],
    ["mariaDb", "driver.trustStore", "/x", "shop.tls and shop.ca set it. Take it out."],
    ["mySql", "key.converter", "x", "the worker sets it for all connectors. Take it out."],
    [
      "mySql",
      "topic.creation.default.partitions",
      1,
      "the pipeline sets it itself, since the stack names and makes every topic. Take it out.",
    ],
    ["mySql", "provide.transaction.metadata", true, "the pipeline keeps it off, since it has no topic. Take it out."],
    [
      "postgres",
      "message.prefix.include.list",
      "x",
      "the pipeline sets it itself, since messages have no topic. Take it out.",
    ],
    [
      "mySql",
      "schema.history.internal.producer.sasl.jaas.config",
      "x",
      "the pipeline sets it itself, to the same for all sources. Take it out.",
    ],
    // What they are set to
    ["sqlServer", "snapshot.mode", "schema_only", "Debezium 3 knows schema_only as no_data. Write that instead."],
    [
      "mySql",
      "snapshot.mode",
      "schema_only_recovery",
      "Debezium 3 knows schema_only_recovery as recovery. Write that instead.",
    ],
    ["mySql", "snapshot.mode", "never", "Debezium 3 knows never as no_data. Write that instead."],
    [
      "mySql",
      "snapshot.mode",
      "initial_schema_only",
      "Debezium 3 knows initial_schema_only as no_data. Write that instead.",
    ],
    ["mySql", "snapshot.mode", "inital", 'MySQL has no "inital". Write initial.'],
    [
      "postgres",
      "snapshot.mode",
      "recovery",
      'PostgreSQL has no "recovery". Write always, configuration_based, custom, initial, initial_only, no_data or when_needed.',
    ],
    ["postgres", "snapshot.locking.mode", "exclusive", 'PostgreSQL has no "exclusive". Write custom, none or shared.'],
    [
      "postgres",
      "snapshot.isolation.mode",
      "snapshot",
      'PostgreSQL has no "snapshot". Write read_committed, read_uncommitted, repeatable_read or serializable.',
    ],
    ["mySql", "heartbeat.interval.ms", 0, "0 is not legal. Write a whole number, 1 or more."],
    ["mySql", "max.batch.size", "many", "many is not legal. Write a whole number, 1 or more."],
    ["mySql", "max.batch.size", [1], "its value must be text, a number, true or false."],
    ["mySql", "custom.metric.tags", { team: "a" }, "its value must be text, a number, true or false."],
    [
      "mySql",
      "database.ssl.keystore.password",
      "hunter2",
      'a secret must not stand here in clear text. Refer to where the workers have it, e.g. "${env:NAME}".',
    ],
    [
      "postgres",
      "producer.override.sasl.jaas.config",
      "x",
      'a secret must not stand here in clear text. Refer to where the workers have it, e.g. "${env:NAME}".',
    ],
  ])("of %s, %s: %j", (kind, key, value, mistake) => {
    expect(extraSettingsMistakes(shop(kind), { [key]: value })).toEqual([`${key}: ${mistake}`]);
  });

  it("are all looked at, in the order of their keys", () => {
    const extra = { "table.whitelist": "x", "poll.interval.ms": 100, "max.batch.size": -1, "database.port": 1 };
    expect(extraSettingsMistakes(shop("mySql"), extra).map((mistake) => mistake.split(":")[0])).toEqual([
      "database.port",
      "max.batch.size",
      "table.whitelist",
    ]);
  });

  it.each(kinds)("may be nothing of what is rendered, but what is said to be adjustable: %s", (kind) => {
    const isRefused = (key: string) =>
      extraSettingsMistakes(shop(kind), { [key]: "${env:X}" }).some((text) => text.includes("Take it out"));
    const free = Object.keys(rendered[kind]).filter((key) => !isRefused(key));
    expect(free.toSorted()).toEqual(adjustableKeys.filter((key) => key in rendered[kind]));
  });
});
