import { sinkName } from "../internalNames.ts";
import { nearest } from "../words.ts";
import type { ManagedClass } from "./managedClasses.ts";
import type { ManagedConfig } from "./managedConnector.ts";
import { settingValueMistake } from "./extraSettings.ts";
import type { SinkTopic, SnowflakeLanding } from "./snowflakeSink.ts";

const booleans = ["true", "false"];

/** Confluent's fully managed sink for Snowflake, as its own template describes it (2026-06): Snowflake's version 3.4. */
export const managedSnowflakeClass: ManagedClass = {
  name: "SnowflakeSink",
  properties: names(`
    auto.restart.on.user.error behavior.on.null.values buffer.count.records buffer.flush.time buffer.size.bytes
    connector.class consumer.override.auto.offset.reset consumer.override.isolation.level csfle.enabled
    csfle.onFailure errors.deadletterqueue.topic.name errors.tolerance header.converter input.data.format
    input.key.format kafka.api.key kafka.api.secret kafka.auth.mode kafka.service.account.id
    key.converter.key.subject.name.strategy key.converter.reference.subject.name.strategy max.poll.interval.ms
    max.poll.records name schema.context.name snowflake.database.name snowflake.enable.schematization
    snowflake.https.nonProxyHosts snowflake.https.proxyHost snowflake.https.proxyPassword snowflake.https.proxyPort
    snowflake.https.proxyUser snowflake.ingestion.method snowflake.metadata.all snowflake.metadata.createtime
    snowflake.metadata.offset.and.partition snowflake.metadata.topic snowflake.private.key
    snowflake.private.key.passphrase snowflake.role.name snowflake.schema.name snowflake.streaming.iceberg.enabled
    snowflake.streaming.metadata.connectorPushTime snowflake.topic2table.map snowflake.url.name
    snowflake.useHttpsProxy snowflake.user.name sr.service.account.id tasks.max topics topics.regex
    value.converter.allow.optional.map.keys value.converter.auto.register.schemas value.converter.connect.meta.data
    value.converter.decimal.format value.converter.enhanced.avro.schema.support
    value.converter.enhanced.protobuf.schema.support value.converter.flatten.singleton.unions
    value.converter.flatten.unions value.converter.generate.index.for.unions
    value.converter.generate.struct.for.nulls value.converter.ignore.default.for.nullables
    value.converter.int.for.enums value.converter.latest.compatibility.strict
    value.converter.object.additional.properties value.converter.optional.for.nullables
    value.converter.optional.for.proto2 value.converter.reference.subject.name.strategy
    value.converter.replace.null.with.default value.converter.schemas.enable value.converter.scrub.invalid.names
    value.converter.use.latest.version value.converter.use.optional.for.nonrequired
    value.converter.value.subject.name.strategy value.converter.wrapper.for.nullables
    value.converter.wrapper.for.raw.primitives
  `),
  required: names(`
    connector.class name tasks.max topics input.data.format snowflake.url.name snowflake.user.name
    snowflake.private.key snowflake.database.name snowflake.schema.name
  `),
  legal: {
    "behavior.on.null.values": ["IGNORE", "DEFAULT"],
    "consumer.override.isolation.level": ["read_committed", "read_uncommitted"],
    "errors.tolerance": ["all", "none"],
    "input.data.format": ["JSON", "AVRO", "JSON_SR", "PROTOBUF", "STRING", "BYTES"],
    "input.key.format": ["STRING", "AVRO", "JSON_SR", "PROTOBUF", "JSON"],
    "kafka.auth.mode": ["KAFKA_API_KEY", "SERVICE_ACCOUNT"],
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
};

/** Its properties whose values the service hides. */
export const managedSnowflakeSecrets: readonly string[] = names(`
  kafka.api.key kafka.api.secret snowflake.https.proxyPassword snowflake.private.key snowflake.private.key.passphrase
`);

/** Buffers of 10 MB for each partition and 500 MB for each task: Confluent's advice for the number of tasks. */
const partitionsPerTask = 50;

/** `Value`: what a value is that is known only when the stack runs. Such values are passed on as they are. */
export interface ManagedSinkSettings<Value = string> {
  readonly landing: SnowflakeLanding;
  /** One or more. */
  readonly topics: readonly SinkTopic[];
  /** Id of the service account that the connector acts as. */
  readonly serviceAccount: Value | string;
  /** PKCS#8, in one line. */
  readonly privateKey: Value | string;
  /** Of the private key, where it has one. */
  readonly passphrase?: Value | string | undefined;
  /** The user's own settings; `managedSinkMistakes` finds nothing in them. */
  readonly extra: Readonly<Record<string, string>>;
}

/**
 * A target as Confluent's fully managed sink for Snowflake: what a connector on our own workers is told, as far as
 * Confluent's has the setting. `managedSinkDifferences` says what is not the same. Keys are sorted.
 */
export function managedSnowflakeSink<Value = string>(
  target: string,
  { landing, topics, serviceAccount, privateKey, passphrase, extra }: ManagedSinkSettings<Value>,
): ManagedConfig<Value> {
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0);
  const nonsensitive: Record<string, Value | string> = {
    ...rendered,
    name: sinkName(target),
    "tasks.max": String(Math.max(1, Math.ceil(partitions / partitionsPerTask))),
    topics: topics.map(({ topic }) => topic).join(","),
    "snowflake.topic2table.map": topics.map(({ topic, table }) => `${topic}:${table}`).join(","),
    "kafka.service.account.id": serviceAccount,
    "snowflake.url.name": landing.url,
    "snowflake.user.name": landing.user,
    "snowflake.role.name": landing.role,
    "snowflake.database.name": landing.database,
    "snowflake.schema.name": landing.schema,
    ...extra,
  };
  return {
    nonsensitive: Object.fromEntries(Object.entries(nonsensitive).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    sensitive: {
      "snowflake.private.key": privateKey,
      ...(passphrase === undefined ? {} : { "snowflake.private.key.passphrase": passphrase }),
    },
  };
}

/** The same whatever the target. */
const rendered: Readonly<Record<string, string>> = {
  "connector.class": managedSnowflakeClass.name,
  "kafka.auth.mode": "SERVICE_ACCOUNT",
  "input.data.format": "AVRO",
  "input.key.format": "AVRO",
  "snowflake.ingestion.method": "SNOWPIPE_STREAMING",
  "snowflake.enable.schematization": "true",
  "snowflake.metadata.all": "true",
  // By default a tombstone, which may be all that tells of a deletion, is left out.
  "behavior.on.null.values": "DEFAULT",
  // Its dead-letter topic is Confluent's: dlq-lcc-….
  "errors.tolerance": "all",
  "consumer.override.isolation.level": "read_committed",
  "value.converter.ignore.default.for.nullables": "true",
};

/** What the user may set otherwise. */
const adjustable: readonly string[] = ["tasks.max"];

/** What stands in the settings of every sink, or would undo what does. */
const own: readonly string[] = [
  ...Object.keys(rendered),
  ...names(`
    name topics topics.regex kafka.service.account.id kafka.api.key kafka.api.secret csfle.enabled
    errors.deadletterqueue.topic.name consumer.override.auto.offset.reset snowflake.streaming.iceberg.enabled
  `),
];

const elsewhere = "or let workers of your own run the connector (connect.placement: ec2 or onPremises)";

/** Everything that is wrong with a user's extra settings of a managed sink, sorted by key: sentences that begin with it. */
export function managedSinkMistakes(extra: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(extra)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => {
      const text = keyMistake(key) ?? settingValueMistake(key, value) ?? choiceMistake(key, String(value));
      return text === undefined ? [] : [`${key}: ${text}`];
    });
}

function keyMistake(key: string): string | undefined {
  const { name, properties } = managedSnowflakeClass;
  if (adjustable.includes(key)) {
    return undefined;
  }
  if (managedSnowflakeSecrets.includes(key)) {
    return "it is a secret, and settings are none. Take it out.";
  }
  if (own.includes(key) || /^snowflake\.(\w+\.name|topic2table\..*|metadata\..*)$/.test(key)) {
    return "the pipeline sets it itself. Take it out.";
  }
  if (/^(transforms|predicates)(\.|$)/.test(key)) {
    return "tables are made for rows as they are in their topics. Take it out.";
  }
  if (properties.includes(key)) {
    return undefined;
  }
  const instead = nearest(key, properties);
  return `${name} has no such setting and would not look at it. ${instead === undefined ? "Take it out" : `Write ${instead}, take it out`}, ${elsewhere}.`;
}

function choiceMistake(key: string, value: string): string | undefined {
  if (key === "tasks.max" && !/^[1-9][0-9]*$/.test(value)) {
    return `${value} is not legal. Write a whole number, 1 or more.`;
  }
  const legal = managedSnowflakeClass.legal[key];
  return legal === undefined || legal.includes(value) ? undefined : `it is not ${value}. Write ${legal.join(" or ")}.`;
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
