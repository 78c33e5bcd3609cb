import { sinkName } from "../internalNames.ts";
import { nearest } from "../words.ts";
import { settingValueMistake } from "./extraSettings.ts";
import { isOfKafkaConnect, snowflakeProperties } from "./snowflakeProperties.ts";
import { snowflakeStartMistakes } from "./snowflakeRules.ts";
import { snowflakeSink, type SnowflakeSinkSettings } from "./snowflakeSink.ts";
import { generationOf } from "./snowflakeVersion.ts";

/** What the pipeline sets, but the user's extra settings may set otherwise: it changes neither what lands nor where. */
export const adjustableSinkKeys: readonly string[] = [
  "consumer.override.max.poll.interval.ms",
  "enable.task.fail.on.authorization.errors",
  "errors.log.enable",
  "snowflake.streaming.max.client.lag",
  "tasks.max",
];

/**
 * Everything that is wrong with a user's extra settings of a target's connector, sorted by key: sentences that begin with
 * the key. `settings`: what it would be rendered with.
 */
export function sinkSettingsMistakes(
  target: string,
  settings: Omit<SnowflakeSinkSettings, "extra">,
  extra: Readonly<Record<string, unknown>>,
): string[] {
  const found = Object.entries(extra).map(
    ([key, value]) => [key, keyMistake(target, settings.version, key) ?? settingValueMistake(key, value)] as const,
  );
  const sound = found.filter(([, mistake]) => mistake === undefined).map(([key]) => [key, String(extra[key])] as const);
  const config = snowflakeSink(target, { ...settings, extra: Object.fromEntries(sound) });
  const atStart = snowflakeStartMistakes(sinkName(target), config).filter(({ key }) => Object.hasOwn(extra, key));
  return [
    ...found.flatMap(([key, mistake]) => (mistake === undefined ? [] : [`${key}: ${mistake}`])),
    ...atStart.map(({ key, text }) => `${key}: ${text}`),
  ].sort();
}

function keyMistake(target: string, version: string, key: string): string | undefined {
  if (adjustableSinkKeys.includes(key)) {
    return undefined;
  }
  const owner = owners.find(({ keys }) => keys.test(key));
  if (owner !== undefined) {
    return `${owner.why.replaceAll("TARGET", target)}. Take it out.`;
  }
  const known = snowflakeProperties[generationOf(version)];
  if (known.includes(key) || isOfKafkaConnect(key) || !/^(snowflake|buffer|enable|jvm)\./.test(key)) {
    return undefined;
  }
  const meant = nearest(key, known);
  return (
    `version ${version} of Snowflake's connector has no such setting, and would not look at it. ` +
    (meant === undefined ? "Take it out." : `Write ${meant}, or take it out.`)
  );
}

/** The first that matches counts. What is not rendered is here since it would undo what is. */
const owners: readonly { readonly keys: RegExp; readonly why: string }[] = [
  {
    keys: /^(name|connector\.(class|plugin\.version)|topics|topics\.regex|snowflake\.topic2table\..*)$/,
    why: "the pipeline sets it itself from pipeline.ts",
  },
  { keys: /^snowflake\.(database|url|user|role|schema)\.name$/, why: "the pipeline sets it itself from TARGET's keys" },
  {
    keys: /^snowflake\.(private\.key.*|authenticator|oauth\..*)$/,
    why: "the connector logs in with TARGET's key pair",
  },
  {
    keys: /^(key|value|header)\.converter(\..*)?$/,
    why: "the pipeline sets it itself: rows are Avro, with their schemas in the registry",
  },
  { keys: /^(transforms|predicates)(\..*)?$/, why: "tables are made for rows as they are in their topics" },
  { keys: /^(behavior\.on\.null\.values|snowflake\.metadata\..*)$/, why: "the current state is computed from it" },
  {
    keys: /^snowflake\.(enable\.schematization|validation|autocreate\..*|iceberg\..*|ingestion\.method|compatibility\..*|streaming\.(validate\..*|iceberg\..*|enable\.single\.buffer))$/,
    why: "the pipeline sets it itself, since it makes the tables",
  },
  {
    keys: /^errors\.(tolerance|deadletterqueue\..*)$/,
    why: "the pipeline sets it itself: the stack makes the dead-letter topic",
  },
  {
    keys: /^(consumer|producer|admin)\.override\.(security|sasl|ssl|bootstrap|group|isolation|auto\.offset)\..*$/,
    why: "the pipeline sets it itself: the connector has a Kafka key of its own",
  },
  { keys: /^(reconcile\..*|config\.providers.*)$/, why: "the pipeline sets it itself" },
];
