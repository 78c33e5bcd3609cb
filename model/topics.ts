import type { SourceKind } from "./columnTypes.ts";
import type { Graph, Table, Transformation } from "./graph.ts";
import { connectPrefix, deadLetterPrefix, heartbeatPrefix, historyPrefix } from "./internalNames.ts";
import type { Compatibility } from "./pipeline.ts";
import type { Placement } from "./placement.ts";
import { hostedByWorkers } from "./targets/registry.ts";

/** Settings of an environment that topics depend on. */
export interface TopicSettings {
  /** Partitions of a data topic that does not say its own. 1 or more. */
  readonly partitions: number;
  /** How long facts, and past states of an entity, can be read again. Days, 1 or more; -1: for ever. */
  readonly retentionDays: number;
  /** Default: `ec2`. */
  readonly placement?: Placement;
}

export interface Topic {
  readonly name: string;
  /** What it is for, in a few words that a person reads in the summary. */
  readonly purpose: string;
  readonly partitions: number;
  /** Broker settings, all as strings as the service wants them. Only what differs from the cluster's own defaults. */
  readonly config: Readonly<Record<string, string>>;
  /** Losing it loses rows, or the place where reading goes on: a durable environment protects it. */
  readonly keepsData: boolean;
  /** The subjects whose compatibility the pipeline decides: those of rows. */
  readonly subjects: readonly Subject[];
}

export interface Subject {
  readonly name: string;
  /** `undefined`: as the environment's registry says. */
  readonly compatibility: Compatibility | undefined;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Every topic of the environment: the stack creates them all, since the brokers create none by themselves. */
export function topicsOf(graph: Graph, settings: TopicSettings): Topic[] {
  const { placement = "ec2" } = settings;
  return [
    ...graph.tables.map((table) => dataTopic(table, `rows of ${table.source} ${table.path}`, settings)),
    ...graph.transformations.map((result) => dataTopic(result, `result of ${result.name}`, settings)),
    ...(placement === "managed" ? [] : connectTopics),
    ...graph.sources.flatMap((source) => [
      ...(hasHistory(source.kind) ? [historyTopic(source.name)] : []),
      heartbeatTopic(source.name),
    ]),
    ...graph.targets
      .filter((target) => hostedByWorkers(target.kind, placement))
      .map((target) => deadLetterTopic(target.name)),
  ];
}

/** Whether the connector needs to remember how tables looked: Postgres sends it with the rows. */
export function hasHistory(kind: SourceKind): boolean {
  return kind !== "postgres";
}

export function subjectsOf(topic: string): { key: string; value: string } {
  return { key: `${topic}-key`, value: `${topic}-value` };
}

function dataTopic(item: Table | Transformation, purpose: string, settings: TopicSettings): Topic {
  const subjects = subjectsOf(item.topic);
  return {
    name: item.topic,
    purpose,
    partitions: item.partitions ?? settings.partitions,
    config: "reads" in item ? resultConfig(item, settings) : rowsConfig(item, settings),
    keepsData: true,
    subjects: [
      // A key that changes its type (int to long, say) changes its bytes: rows of one key would land in two partitions
      // and joins would miss them. FULL is the level at which no such change passes.
      { name: subjects.key, compatibility: "FULL" },
      { name: subjects.value, compatibility: "compatibility" in item ? item.compatibility : undefined },
    ],
  };
}

function rowsConfig({ kind }: Table | Transformation, settings: TopicSettings): Record<string, string> {
  return kind === "facts" ? factsConfig(settings) : entityConfig(settings);
}

/** ksqlDB takes a topic that is there only if it keeps rows exactly as long as one that it would make itself. */
function resultConfig({ kind, retention }: Transformation, settings: TopicSettings): Record<string, string> {
  const facts = factsConfig(settings);
  const topicMs = retention.topicMs ?? Number(facts["retention.ms"]);
  if (retention.isWindowed) {
    const kept = Math.max(topicMs, retention.windowMs ?? topicMs);
    return { "cleanup.policy": "compact,delete", "retention.ms": String(kept) };
  }
  return kind === "facts" ? { ...facts, "retention.ms": String(topicMs) } : entityConfig(settings);
}

function factsConfig({ retentionDays }: TopicSettings): Record<string, string> {
  return { "cleanup.policy": "delete", "retention.ms": String(retentionDays === -1 ? -1 : retentionDays * dayMs) };
}

/** Confluent Cloud's limit, 701 days. */
const longestDeleteRetentionMs = 60_566_400_000;

/** Compacted to the last row of each key, but past states stay readable as long as facts do, and deletes too if they may. */
function entityConfig({ retentionDays }: TopicSettings): Record<string, string> {
  const kept = retentionDays === -1 ? Number.MAX_SAFE_INTEGER : retentionDays * dayMs;
  return {
    "cleanup.policy": "compact",
    "min.compaction.lag.ms": String(kept),
    "delete.retention.ms": String(Math.min(kept, longestDeleteRetentionMs)),
  };
}

/** Kafka Connect stops at start unless these are exactly so (`compact` alone; one partition for the configs). */
const connectTopics: readonly Topic[] = [
  connectTopic("configs", "what the connectors are", 1),
  connectTopic("offsets", "how far each connector has read", 25),
  connectTopic("status", "how each task is", 5),
];

function connectTopic(name: string, purpose: string, partitions: number): Topic {
  return internalTopic(connectPrefix + name, purpose, partitions, { "cleanup.policy": "compact" }, true);
}

/** Debezium reads its history of schema changes from the beginning: one partition, and nothing may ever expire. */
function historyTopic(source: string): Topic {
  const forEver = { "cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1" };
  return internalTopic(historyPrefix + source, `schema history of ${source}`, 1, forEver, true);
}

function heartbeatTopic(source: string): Topic {
  const aDay = { "cleanup.policy": "delete", "retention.ms": String(dayMs) };
  return internalTopic(heartbeatPrefix + source, `heartbeat of ${source}`, 1, aDay, false);
}

function deadLetterTopic(target: string): Topic {
  const twoWeeks = { "cleanup.policy": "delete", "retention.ms": String(14 * dayMs) };
  return internalTopic(deadLetterPrefix + target, `records that ${target} refused`, 1, twoWeeks, true);
}

function internalTopic(
  name: string,
  purpose: string,
  partitions: number,
  config: Record<string, string>,
  keepsData: boolean,
): Topic {
  return { name, purpose, partitions, config, keepsData, subjects: [] };
}
