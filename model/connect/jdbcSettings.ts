import { nearest } from "../words.ts";
import { settingValueMistake } from "./extraSettings.ts";

/** What the pipeline sets, but the user's extra settings may set otherwise: it changes neither what is written nor where. */
const adjustable: readonly string[] = [
  "connection.pool.acquire_increment",
  "connection.pool.max_size",
  "connection.pool.min_size",
  "consumer.override.max.poll.interval.ms",
  "errors.log.enable",
  "tasks.max",
];

/** What Debezium's JDBC sink has besides, 3.5.0: what a worker lists, and what a test compares with this. */
const further: readonly string[] = [
  "batch.size",
  "connection.pool.timeout",
  "connection.restart.on.errors",
  "flush.max.retries",
  "flush.retry.delay.ms",
  "use.reduction.buffer",
];

/** Of Kafka Connect's own, and of its clients: what no worker refuses, and what has no bearing on rows. */
const ofConnect =
  /^(errors\.retry\.(timeout|delay\.max\.ms)|errors\.log\.include\.messages|consumer\.override\.(max\.poll\.records|max\.partition\.fetch\.bytes)|connector\.state)$/;

const whole = /^[1-9][0-9]*$/;

/** The first that matches counts. What is not rendered is here since it would undo what is. */
const owners: readonly { readonly keys: RegExp; readonly why: string }[] = [
  {
    keys: /^(name|connector\.(class|plugin\.version)|topics|topics\.regex)$/,
    why: "the pipeline sets it itself from pipeline.ts",
  },
  {
    keys: /^(connection\.(url|username|password|provider)|hibernate\..*)$/,
    why: "the pipeline sets the connection itself from TARGET's keys",
  },
  {
    keys: /^(insert\.mode|delete\.enabled|primary\.key\..*|truncate\.enabled|transforms|predicates|transforms\..*|predicates\..*|field\.(include|exclude)\.list|column\..*|collection\..*|table\..*|quote\.identifiers)$/,
    why: "the pipeline sets it itself: a table has the current rows of its topic, by their key",
  },
  {
    keys: /^(schema\.evolution|dialect\.postgres\.postgis\.schema|dialect\.sqlserver\..*|cloudevents\..*)$/,
    why: "an administrator makes the tables, with the declared columns",
  },
  {
    keys: /^dialect\.postgres\.unnest\.insert\.enabled$/,
    why: "two versions of a row in one batch would be one statement, which PostgreSQL refuses",
  },
  { keys: /^use\.time\.zone$/, why: "rows hold dates and times as they are in their source, without a time zone" },
  {
    keys: /^(key|value|header)\.converter(\..*)?$/,
    why: "the pipeline sets it itself: rows are Avro, with their schemas in the registry",
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

/**
 * Everything that is wrong with a user's extra settings of a target's connector, sorted by key: sentences that begin with
 * the key.
 */
export function jdbcSettingsMistakes(target: string, extra: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(extra)
    .flatMap(([key, value]) => {
      const text = keyMistake(target, key) ?? settingValueMistake(key, value) ?? numberMistake(key, String(value));
      return text === undefined ? [] : [`${key}: ${text}`];
    })
    .sort();
}

function keyMistake(target: string, key: string): string | undefined {
  if (adjustable.includes(key) || further.includes(key) || ofConnect.test(key)) {
    return undefined;
  }
  const owner = owners.find(({ keys }) => keys.test(key));
  if (owner !== undefined) {
    return `${owner.why.replaceAll("TARGET", target)}. Take it out.`;
  }
  const meant = nearest(key, [...adjustable, ...further]);
  return (
    "Debezium's JDBC sink has no such setting, and would not look at it. " +
    (meant === undefined ? "Take it out." : `Write ${meant}, or take it out.`)
  );
}

function numberMistake(key: string, value: string): string | undefined {
  const isNumber = /^(tasks\.max|batch\.size|connection\.pool\.(min_size|max_size|acquire_increment))$/.test(key);
  if (isNumber && !whole.test(value)) {
    return `${value} is not legal. Write a whole number, 1 or more.`;
  }
  const isSwitch = /^(connection\.restart\.on\.errors|use\.reduction\.buffer|errors\.log\.enable)$/.test(key);
  return isSwitch && value !== "true" && value !== "false" ? `it is not ${value}. Write true or false.` : undefined;
}
