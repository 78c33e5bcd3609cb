import type { ManagedConfig } from "./managedConnector.ts";
import { managedSink, managedSinkMistakes, type ManagedSinkRules } from "./managedSink.ts";
import { managedSinkClass } from "./managedSinkClasses.ts";
import type { SinkTopic, SnowflakeLanding } from "./snowflakeSink.ts";

const booleans = ["true", "false"];

/** Confluent's fully managed sink for Snowflake, as its own template describes it (2026-06): Snowflake's version 3.4. */
export const managedSnowflakeClass = managedSinkClass({
  name: "SnowflakeSink",
  properties: names(`
    behavior.on.null.values buffer.count.records buffer.flush.time buffer.size.bytes csfle.enabled csfle.onFailure
    input.key.format key.converter.reference.subject.name.strategy snowflake.database.name
    snowflake.enable.schematization snowflake.https.nonProxyHosts snowflake.https.proxyHost
    snowflake.https.proxyPassword snowflake.https.proxyPort snowflake.https.proxyUser snowflake.ingestion.method
    snowflake.metadata.all snowflake.metadata.createtime snowflake.metadata.offset.and.partition
    snowflake.metadata.topic snowflake.private.key snowflake.private.key.passphrase snowflake.role.name
    snowflake.schema.name snowflake.streaming.iceberg.enabled snowflake.streaming.metadata.connectorPushTime
    snowflake.topic2table.map snowflake.url.name snowflake.useHttpsProxy snowflake.user.name sr.service.account.id
  `),
  required: names(`
    topics snowflake.url.name snowflake.user.name snowflake.private.key snowflake.database.name snowflake.schema.name
  `),
  legal: {
    "behavior.on.null.values": ["IGNORE", "DEFAULT"],
    "input.data.format": ["JSON", "AVRO", "JSON_SR", "PROTOBUF", "STRING", "BYTES"],
    "input.key.format": ["STRING", "AVRO", "JSON_SR", "PROTOBUF", "JSON"],
    "snowflake.enable.schematization": ["false", "true"],
    "snowflake.ingestion.method": ["SNOWPIPE", "SNOWPIPE_STREAMING"],
    "snowflake.metadata.all": booleans,
    "snowflake.metadata.createtime": booleans,
    "snowflake.metadata.offset.and.partition": booleans,
    "snowflake.metadata.topic": booleans,
    "snowflake.streaming.iceberg.enabled": ["false", "true"],
    "snowflake.streaming.metadata.connectorPushTime": ["false", "true"],
    "snowflake.useHttpsProxy": ["false", "true"],
  },
  secrets: names("snowflake.https.proxyPassword snowflake.private.key snowflake.private.key.passphrase"),
});

/** `Value`: what a value is that is known only when the stack runs. Such values are passed on as they are. */
export interface ManagedSnowflakeSettings<Value = string> {
  readonly landing: SnowflakeLanding;
  /** One or more. */
  readonly topics: readonly SinkTopic[];
  /** Id of the service account that the connector acts as. */
  readonly serviceAccount: Value | string;
  /** PKCS#8, in one line. */
  readonly privateKey: Value | string;
  /** Of the private key, where it has one. */
  readonly passphrase?: Value | string | undefined;
  /** The user's own settings; `managedSnowflakeMistakes` finds nothing in them. */
  readonly extra: Readonly<Record<string, string>>;
}

/**
 * A target as Confluent's fully managed sink for Snowflake: what a connector on our own workers is told, as far as
 * Confluent's has the setting. `managedSinkDifferences` says what is not the same. Keys are sorted.
 */
export function managedSnowflakeSink<Value = string>(
  target: string,
  { landing, topics, serviceAccount, privateKey, passphrase, extra }: ManagedSnowflakeSettings<Value>,
): ManagedConfig<Value> {
  return managedSink<Value>(target, managedSnowflakeClass, {
    topics,
    serviceAccount,
    settings: {
      ...rendered,
      "snowflake.topic2table.map": topics.map(({ topic, table }) => `${topic}:${table}`).join(","),
      "snowflake.url.name": landing.url,
      "snowflake.user.name": landing.user,
      "snowflake.role.name": landing.role,
      "snowflake.database.name": landing.database,
      "snowflake.schema.name": landing.schema,
    },
    secrets: {
      "snowflake.private.key": privateKey,
      ...(passphrase === undefined ? {} : { "snowflake.private.key.passphrase": passphrase }),
    },
    extra,
  });
}

/** The same whatever the target. */
const rendered: Readonly<Record<string, string>> = {
  "snowflake.ingestion.method": "SNOWPIPE_STREAMING",
  "snowflake.enable.schematization": "true",
  "snowflake.metadata.all": "true",
  // By default a tombstone, which may be all that tells of a deletion, is left out.
  "behavior.on.null.values": "DEFAULT",
};

const rules: ManagedSinkRules = {
  sink: managedSnowflakeClass,
  own: [
    ...Object.keys(rendered),
    ...managedSnowflakeClass.properties.filter((key) =>
      /^snowflake\.(\w+\.name|topic2table\..*|metadata\..*|streaming\.iceberg\..*)$/.test(key),
    ),
  ],
  whyNoTransforms: "tables are made for rows as they are in their topics",
  elsewhere: ["let workers of your own run the connector (connect.placement: ec2 or onPremises)"],
};

/** Everything that is wrong with a user's extra settings of a managed sink for Snowflake. */
export function managedSnowflakeMistakes(extra: Readonly<Record<string, unknown>>): string[] {
  return managedSinkMistakes(rules, extra);
}

/** What is not the same as on workers of our own, for people who choose between them. */
export const managedSinkDifferences: readonly string[] = [
  "Confluent's sink is Snowflake's connector 3.4, whatever `connect.snowflakeVersion` says; so its role [owns the tables](warehouse.md#a-connector-that-owns-its-tables) that it fills, where version 4 needs INSERT.",
  "Rows are there after 30 seconds and more: the lag of its buffers cannot be set.",
  "What does not fit goes to Confluent's dead-letter topic (`dlq-lcc-…`), not to the table's error rows nor to `dlq.<target>`.",
  "Each new connector has a consumer group of its own and begins at the beginning; Snowflake knows which rows it has.",
];

function names(text: string): string[] {
  return text.trim().split(/\s+/);
}
