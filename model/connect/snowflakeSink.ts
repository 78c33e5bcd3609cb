import { readBy, type Graph, type Reader } from "../graph.ts";
import { nameIn } from "../names.ts";
import { deadLetterPrefix } from "../internalNames.ts";
import { generationName } from "../warehouse/landing.ts";
import { fileReference } from "./properties.ts";
import { canRefuseMissingTables, generationOf, snowflakeClasses } from "./snowflakeVersion.ts";
import { avroConverter, secretKeys, secretsFile as workersFile, type KafkaAccess } from "./worker.ts";

/** A topic and the landing table that its rows go to. */
export interface SinkTopic {
  readonly topic: string;
  /** Name in the landing schema, upper case. */
  readonly table: string;
  readonly partitions: number;
}

/** Where in Snowflake the rows go, and as whom. */
export interface SnowflakeLanding {
  /** `https://<organization>-<account>.snowflakecomputing.com`: `accountUrl` makes it. */
  readonly url: string;
  readonly user: string;
  /** The connector's own role: it may INSERT into the landing tables, owns them before version 4, and may nothing else. */
  readonly role: string;
  readonly database: string;
  readonly schema: string;
}

export interface SnowflakeSinkSettings extends KafkaAccess {
  /** Version of Snowflake's connector in the workers' image, e.g. `4.1.0`. */
  readonly version: string;
  readonly landing: SnowflakeLanding;
  /** One or more. */
  readonly topics: readonly SinkTopic[];
  /** How many tasks share the partitions. 1 or more. */
  readonly tasks: number;
  readonly registryUrl: string;
  /** Whether the secrets file also has a passphrase for the private key. */
  readonly hasPassphrase: boolean;
  /** Copies of the dead-letter topic. Default: 3, the only count that Confluent Cloud takes. */
  readonly replicationFactor?: number;
  /** The user's own settings; `sinkSettingsMistakes` finds nothing in them. */
  readonly extra: Readonly<Record<string, string>>;
}

/**
 * What a target takes, sorted by topic.
 *
 * @param partitions of a topic that does not say its own
 * @param generations by dataset: the generations of its landing table, of which the last takes rows. Default: the first
 */
export function sinkTopics(
  graph: Graph,
  target: Pick<Reader, "reads">,
  partitions: number,
  generations: Readonly<Record<string, readonly number[]>> = {},
): SinkTopic[] {
  return readBy(graph, target)
    .map((item) => ({
      topic: item.topic,
      table: generationName(nameIn("snowflake", item.name), generations[item.name]?.at(-1) ?? 1),
      partitions: item.partitions ?? partitions,
    }))
    .toSorted((a, b) => (a.topic < b.topic ? -1 : 1));
}

/**
 * How many tasks are of use: a partition is one task's, and Kafka hands out the partitions of each topic from the same
 * task on. `most`: what the machines can run at once.
 */
export function tasksFor(topics: readonly SinkTopic[], most: number): number {
  return Math.max(1, Math.min(most, Math.max(...topics.map(({ partitions }) => partitions))));
}

/** Address of an account. In host names, Snowflake writes - for _. */
export function accountUrl(organization: string, account: string): string {
  return `https://${organization}-${account}.snowflakecomputing.com`.toLowerCase().replaceAll("_", "-");
}

/**
 * Configuration of a target's connector on workers of our own. What the stack has made is there already: topics, tables
 * with their columns, a dead-letter topic. So the connector makes nothing. Keys are sorted.
 */
export function snowflakeSink(target: string, settings: SnowflakeSinkSettings): Record<string, string> {
  const generation = generationOf(settings.version);
  const config = {
    "connector.class": snowflakeClasses[generation],
    "tasks.max": String(settings.tasks),
    ...topicConfig(settings.topics),
    ...landingConfig(target, settings),
    ...(generation === 4 ? v4Config(settings.version) : v3Config),
    ...rowConfig,
    ...errorConfig(target, settings),
    ...converterConfig(target, settings),
    ...clientConfig(target, settings),
    ...placeConfig,
    ...settings.extra,
  };
  return Object.fromEntries(Object.entries(config).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function topicConfig(topics: readonly SinkTopic[]): Record<string, string> {
  return {
    topics: topics.map(({ topic }) => topic).join(","),
    // A topic that is not here would go to a table of its own name, dots and all.
    "snowflake.topic2table.map": topics.map(({ topic, table }) => `${topic}:${table}`).join(","),
  };
}

function landingConfig(target: string, { landing, hasPassphrase, ...access }: SnowflakeSinkSettings) {
  const secret = secretIn(access);
  return {
    "snowflake.url.name": landing.url,
    "snowflake.user.name": landing.user,
    "snowflake.role.name": landing.role,
    "snowflake.database.name": landing.database,
    "snowflake.schema.name": landing.schema,
    "snowflake.private.key": secret(secretKeys.sinkKey(target)),
    ...(hasPassphrase ? { "snowflake.private.key.passphrase": secret(secretKeys.sinkPassphrase(target)) } : {}),
  };
}

function v4Config(version: string): Record<string, string> {
  return {
    // On by default, for those who come from version 3: it then wants that version's ways back.
    "snowflake.streaming.validate.compatibility.with.classic": "false",
    // Rows that do not fit go to the table's error table, which the stack turns on.
    "snowflake.validation": "server_side",
    ...(canRefuseMissingTables(version) ? { "snowflake.autocreate.table.type": "none" } : {}),
  };
}

const v3Config: Readonly<Record<string, string>> = {
  // By default files go through a stage, without a column for each field, and are there after minutes.
  "snowflake.ingestion.method": "SNOWPIPE_STREAMING",
  "snowflake.streaming.enable.single.buffer": "true",
  // Seconds. By default 30.
  "snowflake.streaming.max.client.lag": "5",
};

/** How a record becomes a row: a column for each field, and where it came from in RECORD_METADATA. */
const rowConfig: Readonly<Record<string, string>> = {
  "snowflake.enable.schematization": "true",
  // The order of versions goes by partition and offset.
  "snowflake.metadata.all": "true",
  // A tombstone is a row too: of a result, it is all that tells of a deletion.
  "behavior.on.null.values": "default",
  // Otherwise a key that is no longer accepted, or a right that is gone, is tried for ever, and the task is said to run.
  "enable.task.fail.on.authorization.errors": "true",
};

/**
 * A record that cannot be read goes to the dead-letter topic and the others go on; so does, with version 3, a row that
 * does not fit. Both settings belong together: with one of them, records are lost, or the topic is never written.
 */
function errorConfig(target: string, { replicationFactor = 3 }: SnowflakeSinkSettings): Record<string, string> {
  return {
    "errors.tolerance": "all",
    "errors.deadletterqueue.topic.name": deadLetterPrefix + target,
    "errors.deadletterqueue.topic.replication.factor": String(replicationFactor),
    // Why, in the headers of the record there.
    "errors.deadletterqueue.context.headers.enable": "true",
    "errors.log.enable": "true",
  };
}

/** With the sink's own key for the registry: the workers' may not read the schemas of results. */
function converterConfig(target: string, settings: SnowflakeSinkSettings): Record<string, string> {
  const { registryUrl, ...access } = settings;
  return {
    ...avroConverter("key", { registryUrl, ...accessOf(access) }, secretKeys.sinkRegistry(target)),
    ...avroConverter("value", { registryUrl, ...accessOf(access) }, secretKeys.sinkRegistry(target)),
    "value.converter.ignore.default.for.nullables": "true",
  };
}

function clientConfig(target: string, settings: SnowflakeSinkSettings): Record<string, string> {
  const login = secretIn(settings)(secretKeys.sink(target));
  return {
    "consumer.override.sasl.jaas.config": login,
    "producer.override.sasl.jaas.config": login,
    "admin.override.sasl.jaas.config": login,
    // By default 5 minutes without asking for more, as while Snowflake is slow, cost a task its partitions.
    "consumer.override.max.poll.interval.ms": "900000",
  };
}

/**
 * How far it has read goes with the connector: the tables know that themselves, and a table that is made anew has to be
 * filled from the beginning. `reconcile` looks at this; the connector does not.
 */
const placeConfig: Readonly<Record<string, string>> = { "reconcile.forget": "true" };

function accessOf({ secretsFile, truststore }: KafkaAccess): KafkaAccess {
  return {
    ...(secretsFile === undefined ? {} : { secretsFile }),
    ...(truststore === undefined ? {} : { truststore }),
  };
}

function secretIn({ secretsFile = workersFile }: KafkaAccess): (key: string) => string {
  return (key) => fileReference(secretsFile, key);
}
