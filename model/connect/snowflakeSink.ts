import { readBy, type Graph, type Reader } from "../graph.ts";
import { nameIn } from "../names.ts";
import { generationName } from "../warehouse/landing.ts";
import { canRefuseMissingTables, generationOf, snowflakeClasses } from "./snowflakeVersion.ts";
import type { KafkaAccess } from "./worker.ts";
import { workerSink } from "./workerSink.ts";

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

/** Address of an account. In host names, Snowflake writes - for _. */
export function accountUrl(organization: string, account: string): string {
  return `https://${organization}-${account}.snowflakecomputing.com`.toLowerCase().replaceAll("_", "-");
}

/**
 * Configuration of a target's connector on workers of our own. What the stack has made is there already: topics, tables
 * with their columns, a dead-letter topic. So the connector makes nothing. Keys are sorted.
 */
export function snowflakeSink(target: string, settings: SnowflakeSinkSettings): Record<string, string> {
  const { version, landing, topics, tasks, registryUrl, hasPassphrase, extra, ...access } = settings;
  const generation = generationOf(version);
  return workerSink(target, snowflakeClasses[generation], {
    ...access,
    topics: topics.map(({ topic }) => topic),
    tasks,
    registryUrl,
    settings: {
      // A topic that is not here would go to a table of its own name, dots and all.
      "snowflake.topic2table.map": topics.map(({ topic, table }) => `${topic}:${table}`).join(","),
      "snowflake.url.name": landing.url,
      "snowflake.user.name": landing.user,
      "snowflake.role.name": landing.role,
      "snowflake.database.name": landing.database,
      "snowflake.schema.name": landing.schema,
      ...(generation === 4 ? v4Config(version) : v3Config),
      ...rowConfig,
    },
    secrets: [privateKeySetting, ...(hasPassphrase ? [passphraseSetting] : [])],
    extra,
  });
}

/** The settings whose values are in the workers' secrets file. */
export const privateKeySetting = "snowflake.private.key";
export const passphraseSetting = "snowflake.private.key.passphrase";

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
