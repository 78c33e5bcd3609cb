import { sinkName } from "../internalNames.ts";
import { nearest } from "../words.ts";
import { settingValueMistake } from "./extraSettings.ts";
import type { ManagedConfig } from "./managedConnector.ts";
import type { ManagedSinkClass } from "./managedSinkClasses.ts";

/** What a sink that Confluent runs is told by its target. */
export interface ManagedSinkSettings<Value = string> {
  /** What the target sets, by Confluent's names; sets what the pipeline would set for every sink otherwise, too. */
  readonly settings: Readonly<Record<string, Value | string>>;
  /** The same of what the service hides. */
  readonly secrets: Readonly<Record<string, Value | string>>;
  /** The user's own settings; `managedSinkMistakes` finds nothing in them. */
  readonly extra: Readonly<Record<string, string>>;
}

interface ManagedSinkPlace<Value> {
  /** One or more. */
  readonly topics: readonly { readonly topic: string; readonly partitions: number }[];
  /** Id of the service account that the connector acts as. */
  readonly serviceAccount: Value | string;
}

/** What a sink has in memory of each partition, rows or an open file, is 10 MB and more: Confluent's advice for Snowflake. */
const partitionsPerTask = 50;

/**
 * A target as one of Confluent's fully managed sinks: Avro comes in, nothing of a transaction that was taken back, and
 * what cannot be read goes to Confluent's dead-letter topic, `dlq-lcc-…`. Keys are sorted. `Value`: what a value is that
 * is known only when the stack runs; such values are passed on as they are.
 */
export function managedSink<Value = string>(
  target: string,
  sink: ManagedSinkClass,
  { topics, serviceAccount, settings, secrets, extra }: ManagedSinkSettings<Value> & ManagedSinkPlace<Value>,
): ManagedConfig<Value> {
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0);
  const nonsensitive: Record<string, Value | string> = {
    ...sameForAll(sink),
    name: sinkName(target),
    "tasks.max": String(Math.max(1, Math.ceil(partitions / partitionsPerTask))),
    topics: topics.map(({ topic }) => topic).join(","),
    "kafka.service.account.id": serviceAccount,
    ...settings,
    ...extra,
  };
  return { nonsensitive: sorted(nonsensitive), sensitive: sorted(secrets) };
}

function sameForAll({ name, properties }: ManagedSinkClass): Record<string, string> {
  return {
    "connector.class": name,
    "kafka.auth.mode": "SERVICE_ACCOUNT",
    "input.data.format": "AVRO",
    ...(properties.includes("input.key.format") ? { "input.key.format": "AVRO" } : {}),
    "errors.tolerance": "all",
    "consumer.override.isolation.level": "read_committed",
    // Otherwise a NULL in a column that has a default is read as the default.
    "value.converter.ignore.default.for.nullables": "true",
  };
}

function sorted<Value>(entries: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a user may not set of a sink, and why. */
export interface ManagedSinkRules {
  readonly sink: ManagedSinkClass;
  /** What the target sets, but for what a user may set otherwise: `ManagedSinkSettings.settings`, or its keys. */
  readonly own: readonly string[];
  /** What the target sets and a user may set otherwise. */
  readonly adjustable?: readonly string[];
  /** Why transforms are refused, a sentence without a full stop. */
  readonly whyNoTransforms?: string;
  /** What else to do about a setting that the connector lacks, a clause. */
  readonly elsewhere?: readonly [string];
}

/** What stands in the settings of every sink, or would undo what does. */
const ownOfAll: readonly string[] = [
  "topics.regex",
  "kafka.api.key",
  "kafka.api.secret",
  "csfle.enabled",
  "errors.deadletterqueue.topic.name",
  "consumer.override.auto.offset.reset",
  "name",
  "topics",
  "kafka.service.account.id",
];

/** Everything that is wrong with a user's extra settings of a managed sink, sorted by key: sentences that begin with it. */
export function managedSinkMistakes(rules: ManagedSinkRules, extra: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(extra)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => {
      const text =
        keyMistake(rules, key) ?? settingValueMistake(key, value) ?? choiceMistake(rules.sink, key, String(value));
      return text === undefined ? [] : [`${key}: ${text}`];
    });
}

function keyMistake(
  { sink, own, adjustable = [], whyNoTransforms, elsewhere }: ManagedSinkRules,
  key: string,
): string | undefined {
  const isOwn = [...Object.keys(sameForAll(sink)), ...ownOfAll, ...own].includes(key);
  if (key === "tasks.max" || adjustable.includes(key)) {
    return undefined;
  }
  if (sink.secrets.includes(key)) {
    return "it is a secret, and settings are none. Take it out.";
  }
  if (isOwn) {
    return "the pipeline sets it itself. Take it out.";
  }
  if (/^(transforms|predicates)(\.|$)/.test(key)) {
    return `${whyNoTransforms ?? "rows go as they are in their topics, and sql/ksqldb/ is where they change"}. Take it out.`;
  }
  if (sink.properties.includes(key)) {
    return undefined;
  }
  const instead = nearest(key, sink.properties);
  const ways = [...(instead === undefined ? [] : [`write ${instead}`]), "take it out", ...(elsewhere ?? [])];
  return `${sink.name} has no such setting and would not look at it. ${oneOf(ways)}.`;
}

function oneOf(ways: readonly string[]): string {
  const text = [...ways.slice(0, -1), `${ways.length > 1 ? "or " : ""}${ways.at(-1) ?? ""}`].join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function choiceMistake({ legal }: ManagedSinkClass, key: string, value: string): string | undefined {
  if (key === "tasks.max" && !/^[1-9][0-9]*$/.test(value)) {
    return `${value} is not legal. Write a whole number, 1 or more.`;
  }
  const choices = legal[key];
  return choices === undefined || choices.includes(value)
    ? undefined
    : `it is not ${value}. Write ${choices.join(" or ")}.`;
}
