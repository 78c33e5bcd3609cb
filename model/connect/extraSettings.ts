import type { SourceKind } from "../columnTypes.ts";
import type { Source } from "../graph.ts";
import { systemTitles } from "../names.ts";
import { either, nearest } from "../words.ts";
import { newName, ownedBy } from "./ownKeys.ts";

/**
 * Everything that is wrong with a user's extra settings of a source's connector, sorted by key: sentences that begin
 * with the key. Kafka Connect would take most of it without a word, and ignore it or break what the pipeline relies on.
 */
export function extraSettingsMistakes(source: Source, extra: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(extra)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => {
      const mistake = keyMistake(source, key) ?? valueMistake(source, key, value);
      return mistake === undefined ? [] : [`${key}: ${mistake}`];
    });
}

function keyMistake(source: Source, key: string): string | undefined {
  const today = newName(source.kind, key);
  if (today === "") {
    return "neither Debezium 3 nor Kafka Connect has it any more. Take it out.";
  }
  const owner = ownedBy(source, today ?? key);
  if (today === undefined) {
    return owner === undefined ? undefined : `${owner.who} ${owner.sets} it${owner.how}. Take it out.`;
  }
  return owner === undefined
    ? `Debezium 3 knows it as ${today}. Write that instead.`
    : `Debezium 3 knows it as ${today}, which ${owner.who} ${owner.sets}${owner.how}. Take it out.`;
}

/** What is wrong with a value whatever connector has it. */
export function settingValueMistake(key: string, value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    return "its value must be text, a number, true or false.";
  }
  return secretKeys.test(key) && !/^\$\{[^{}]+\}$/.test(String(value))
    ? 'a secret must not stand here in clear text. Refer to where the workers have it, e.g. "${env:NAME}".'
    : undefined;
}

function valueMistake(source: Source, key: string, value: unknown): string | undefined {
  const mistake = settingValueMistake(key, value);
  if (mistake !== undefined) {
    return mistake;
  }
  const text = String(value);
  if (positiveKeys.includes(key) && !/^[1-9][0-9]*$/.test(text)) {
    return `${text} is not legal. Write a whole number, 1 or more.`;
  }
  return choiceMistake(source.kind, key, text);
}

const secretKeys = /(password|secret|passphrase|token|jaas\.config|user\.info)$/i;

const positiveKeys: readonly string[] = [
  "heartbeat.interval.ms",
  "incremental.snapshot.chunk.size",
  "max.batch.size",
  "max.queue.size",
  "poll.interval.ms",
  "schema.history.internal.kafka.query.timeout.ms",
  "snapshot.fetch.size",
  "snapshot.max.threads",
];

function choiceMistake(kind: SourceKind, key: string, value: string): string | undefined {
  const legal = choices[key]?.[kind];
  if (legal === undefined || legal.includes(value)) {
    return undefined;
  }
  const today = key === "snapshot.mode" ? formerSnapshotModes[value] : undefined;
  return today === undefined
    ? `${systemTitles[kind]} has no "${value}". Write ${nearest(value, legal) ?? either(legal)}.`
    : `Debezium 3 knows ${value} as ${today}. Write that instead.`;
}

/** `never` reads old changes without the structure that tables had then: gone, or soon to be. */
const formerSnapshotModes: Readonly<Record<string, string>> = {
  exported: "initial",
  initial_schema_only: "no_data",
  never: "no_data",
  schema_only: "no_data",
  schema_only_recovery: "recovery",
};

const snapshotModes = [
  "always",
  "configuration_based",
  "custom",
  "initial",
  "initial_only",
  "no_data",
  "when_needed",
] as const;
const readLevels = ["read_committed", "read_uncommitted", "repeatable_read"] as const;
const conversionFailures = ["fail", "skip", "warn"] as const;

/** Legal values in Debezium 3.5. */
const choices: Readonly<Record<string, Readonly<Partial<Record<SourceKind, readonly string[]>>>>> = {
  "event.converting.failure.handling.mode": {
    sqlServer: conversionFailures,
    mySql: conversionFailures,
    mariaDb: conversionFailures,
    postgres: conversionFailures,
  },
  "snapshot.isolation.mode": {
    sqlServer: ["exclusive", ...readLevels, "snapshot"],
    postgres: [...readLevels, "serializable"],
  },
  "snapshot.locking.mode": {
    sqlServer: ["custom", "exclusive", "none"],
    mySql: ["custom", "extended", "minimal", "minimal_percona", "minimal_percona_no_table_locks", "none"],
    mariaDb: ["custom", "extended", "minimal", "none"],
    postgres: ["custom", "none", "shared"],
  },
  "snapshot.mode": {
    sqlServer: [...snapshotModes, "recovery"],
    mySql: [...snapshotModes, "recovery"],
    mariaDb: [...snapshotModes, "recovery"],
    postgres: snapshotModes,
  },
};
