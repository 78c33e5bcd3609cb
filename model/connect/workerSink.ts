import { deadLetterPrefix } from "../internalNames.ts";
import { fileReference } from "./properties.ts";
import { avroConverter, secretKeys, secretsFile as workersFile, type KafkaAccess } from "./worker.ts";

/** What a sink on workers of our own is told by its target. */
export interface WorkerSinkSettings {
  /** What the target sets, by the connector's own names; sets what the pipeline would set for every sink otherwise, too. */
  readonly settings: Readonly<Record<string, string>>;
  /** Names of settings whose values are in the workers' secrets file. */
  readonly secrets: readonly string[];
  /** The user's own settings. */
  readonly extra: Readonly<Record<string, string>>;
}

export interface WorkerSinkPlace extends KafkaAccess {
  /** Names of topics, one or more. */
  readonly topics: readonly string[];
  /** How many tasks share the partitions. 1 or more: `tasksFor`. */
  readonly tasks: number;
  readonly registryUrl: string;
  /** Copies of the dead-letter topic. Default: 3, the only count that Confluent Cloud takes. */
  readonly replicationFactor?: number;
}

/**
 * Configuration of a target's connector on workers of our own: Avro comes in, with logins of the target's own, and what
 * cannot be read goes to its dead-letter topic. Keys are sorted.
 *
 * @param className what `connector.class` is
 */
export function workerSink(
  target: string,
  className: string,
  { settings, secrets, extra, ...place }: WorkerSinkSettings & WorkerSinkPlace,
): Record<string, string> {
  const secretIn = (key: string) => fileReference(place.secretsFile ?? workersFile, key);
  const config = {
    "connector.class": className,
    "tasks.max": String(place.tasks),
    topics: place.topics.join(","),
    ...errorConfig(target, place),
    ...converterConfig(target, place),
    ...clientConfig(secretIn(secretKeys.sink(target))),
    ...placeConfig,
    ...settings,
    ...Object.fromEntries(secrets.map((setting) => [setting, secretIn(secretKeys.sinkSetting(target, setting))])),
    ...extra,
  };
  return Object.fromEntries(Object.entries(config).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * How many tasks are of use: a partition is one task's, and Kafka hands out the partitions of each topic from the same
 * task on. `most`: what the machines can run at once.
 */
export function tasksFor(topics: readonly { readonly partitions: number }[], most: number): number {
  return Math.max(1, Math.min(most, Math.max(...topics.map(({ partitions }) => partitions))));
}

/**
 * A record that cannot be read goes to the dead-letter topic and the others go on. Both settings belong together: with
 * one of them, records are lost, or the topic is never written.
 */
function errorConfig(target: string, { replicationFactor = 3 }: WorkerSinkPlace): Record<string, string> {
  return {
    "errors.tolerance": "all",
    "errors.deadletterqueue.topic.name": deadLetterPrefix + target,
    "errors.deadletterqueue.topic.replication.factor": String(replicationFactor),
    // Why, in the headers of the record there.
    "errors.deadletterqueue.context.headers.enable": "true",
    "errors.log.enable": "true",
  };
}

/** Confluent's, but that a registry that is away makes no dead letters: a class of the image's. */
const sinkConverter = "pipeline.avro.SinkAvroConverter";

/** With the sink's own key for the registry: the workers' may not read the schemas of results. */
function converterConfig(
  target: string,
  { registryUrl, secretsFile, truststore }: WorkerSinkPlace,
): Record<string, string> {
  const access = {
    registryUrl,
    ...(secretsFile === undefined ? {} : { secretsFile }),
    ...(truststore === undefined ? {} : { truststore }),
  };
  return {
    ...avroConverter("key", access, secretKeys.sinkRegistry(target)),
    ...avroConverter("value", access, secretKeys.sinkRegistry(target)),
    "key.converter": sinkConverter,
    "value.converter": sinkConverter,
    "value.converter.ignore.default.for.nullables": "true",
  };
}

function clientConfig(login: string): Record<string, string> {
  return {
    "consumer.override.sasl.jaas.config": login,
    "producer.override.sasl.jaas.config": login,
    "admin.override.sasl.jaas.config": login,
    // By default 5 minutes without asking for more, as while what takes the rows is slow, cost a task its partitions.
    "consumer.override.max.poll.interval.ms": "900000",
  };
}

/**
 * How far it has read goes with the connector: what takes the rows knows that itself, or takes them again, and what is
 * made anew has to be filled from the beginning. `reconcile` looks at this; the connector does not.
 */
const placeConfig: Readonly<Record<string, string>> = { "reconcile.forget": "true" };
