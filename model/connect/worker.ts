import { connectPrefix, sinkName, workerGroup } from "../internalNames.ts";
import { fileReference, plainLogin, propertiesText, propertyLine } from "./properties.ts";

/** Where the workers' secrets are, as their container sees it. */
export const secretsFile = "/run/connect/secrets.properties";

/** Keys of that file. */
export const secretKeys = {
  /** The whole login line of the workers' Kafka key. */
  kafka: "kafka.jaas",
  /** `key:secret` of the workers' Schema Registry key. */
  registry: "registry.user.info",
  /** Password of a source's database. */
  password: (source: string) => `${source}.password`,
  /** The login line of a target's sink connector, which has a Kafka key of its own. */
  sink: (target: string) => `${sinkName(target)}.kafka.jaas`,
  /** `key:secret` of its own key for Schema Registry. */
  sinkRegistry: (target: string) => `${sinkName(target)}.registry.user.info`,
  /** The value of one of its settings, by the setting's name. */
  sinkSetting: (target: string, setting: string) => `${sinkName(target)}.${setting}`,
} as const;

/** How Kafka's clients log in. */
export interface KafkaAccess {
  /** Absolute path. Default: `secretsFile`. */
  readonly secretsFile?: string;
  /** PEM file with the authorities that signed the brokers' and the registry's certificates. Default: public ones. */
  readonly truststore?: string;
}

export interface WorkerSettings extends KafkaAccess {
  /** `host:port`, several separated by commas; Confluent's `SASL_SSL://` before it is taken off. */
  readonly bootstrapServers: string;
  readonly registryUrl: string;
  /** Address that the REST interface listens on, and that other workers reach it at. Default: `CONNECT_HOST` in the environment. */
  readonly host?: string;
  /** Port of the REST interface. Default: 8083. */
  readonly port?: number;
  /** Folder of plugin folders. Default: that of the image. */
  readonly pluginPath?: string;
  /** Copies of Connect's own topics, if a worker had to make them. Default: 3, the only count that Confluent Cloud takes. */
  readonly replicationFactor?: number;
}

/**
 * Which settings of its Kafka clients a connector may set itself (`producer.override.*` and so on): a login of its own,
 * and what depends on the size of its rows. Not where the clients connect to, nor classes that they load.
 */
export const allowedOverrides = [
  "sasl.jaas.config",
  "batch.size",
  "buffer.memory",
  "compression.type",
  "linger.ms",
  "max.request.size",
  "max.partition.fetch.bytes",
  "max.poll.interval.ms",
  "max.poll.records",
] as const;

/** The workers' configuration, key to value. */
export function workerProperties(settings: WorkerSettings): Record<string, string> {
  return Object.assign({}, ...sectionsOf(settings).map(({ entries }) => entries)) as Record<string, string>;
}

/** The same as the text of `worker.properties`, in groups with comments. */
export function workerPropertiesText(settings: WorkerSettings): string {
  return sectionsOf(settings)
    .map(({ comment, entries }) => `${comment.map((line) => `# ${line}\n`).join("")}${propertiesText(entries)}`)
    .join("\n");
}

/** What a Kafka client needs to log in, each key with a prefix, e.g. `schema.history.internal.producer.`. */
export function kafkaSecurity(access: KafkaAccess, prefix = ""): Record<string, string> {
  const { truststore } = access;
  const settings = {
    "security.protocol": "SASL_SSL",
    "sasl.mechanism": "PLAIN",
    "sasl.jaas.config": fileReference(access.secretsFile ?? secretsFile, secretKeys.kafka),
    ...(truststore === undefined ? {} : { "ssl.truststore.type": "PEM", "ssl.truststore.location": truststore }),
  };
  return prefixed(prefix, settings);
}

/** Addresses as Kafka's clients take them: `pkc-1.us-east-1.aws.confluent.cloud:9092`. */
export function bootstrapServersOf(endpoint: string): string {
  return endpoint.replace(/\bSASL_SSL:\/\//g, "");
}

interface Section {
  readonly comment: readonly string[];
  readonly entries: Readonly<Record<string, string>>;
}

function sectionsOf(settings: WorkerSettings): Section[] {
  const { host = "${env:CONNECT_HOST}", port = 8083 } = settings;
  return [
    {
      comment: ["Kafka. Its clients inherit nothing from here, so the login is repeated for each kind of them below."],
      entries: {
        "bootstrap.servers": bootstrapServersOf(settings.bootstrapServers),
        "group.id": workerGroup,
        ...kafkaSecurity(settings),
      },
    },
    {
      comment: [
        "Producers: no copy is written twice by a retry, and order is kept, with five requests on their way at once.",
        "Batches are compressed: fewer bytes over the line and on the bill.",
      ],
      entries: {
        ...kafkaSecurity(settings, "producer."),
        "producer.acks": "all",
        "producer.enable.idempotence": "true",
        "producer.max.in.flight.requests.per.connection": "5",
        "producer.compression.type": "zstd",
      },
    },
    {
      comment: [
        "Consumers of sink connectors, and the clients that look after topics and groups. Consumers do not see what a",
        "transaction has taken back: ksqlDB writes in transactions.",
      ],
      entries: {
        ...kafkaSecurity(settings, "consumer."),
        "consumer.isolation.level": "read_committed",
        ...kafkaSecurity(settings, "admin."),
      },
    },
    {
      comment: ["Rows are Avro, their schemas registered as <topic>-key and <topic>-value when they are first seen."],
      entries: { ...converter("key", settings), ...converter("value", settings) },
    },
    {
      comment: ["What the workers keep. The topics exist already; a worker never has to make them."],
      entries: internalTopics(settings.replicationFactor ?? 3),
    },
    {
      comment: [
        "Connectors: topics are made by the stack, never by a connector. Of their clients they may set only these.",
        "A change can come twice after a crash, never not at all: its position tells the copies apart. A worker that dies",
        "has noted positions of at most ten seconds ago. To read exactly once, the account needs rights on transactions.",
      ],
      entries: {
        "topic.creation.enable": "false",
        "connector.client.config.override.policy": "Allowlist",
        "connector.client.config.override.allowlist": allowedOverrides.join(","),
        "exactly.once.source.support": "disabled",
        "offset.flush.interval.ms": "10000",
      },
    },
    {
      comment: [
        "Tasks of a worker that is gone move to the others after a minute: a restart takes less, a new machine more.",
        "Tasks get half a minute to end and to note their positions when a worker is stopped.",
      ],
      entries: {
        "scheduled.rebalance.max.delay.ms": "60000",
        "task.shutdown.graceful.timeout.ms": "30000",
      },
    },
    {
      comment: [
        "Plugins name what they hold (service_load), so nothing is scanned. Secrets are read from one file, when needed,",
        "and the host's address from the environment.",
      ],
      entries: {
        "plugin.path": settings.pluginPath ?? "/opt/connect/plugins",
        "plugin.discovery": "service_load",
        "config.providers": "file,env",
        "config.providers.file.class": "org.apache.kafka.common.config.provider.FileConfigProvider",
        "config.providers.file.param.allowed.paths": settings.secretsFile ?? secretsFile,
        "config.providers.env.class": "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
        "config.providers.env.param.allowlist.pattern": "CONNECT_HOST",
      },
    },
    {
      comment: ["REST. Whoever reaches it can run anything on the worker: other workers only, and this host."],
      entries: { listeners: `http://${host}:${port}`, "rest.advertised.host.name": host },
    },
  ];
}

function converter(side: "key" | "value", settings: WorkerSettings): Record<string, string> {
  return {
    ...avroConverter(side, settings, secretKeys.registry),
    [`${side}.converter.auto.register.schemas`]: "true",
    // A key is its bytes: Connect's own words about a column must not make two keys of one.
    // A NULL stays one, though the column has a default.
    ...(side === "key"
      ? { "key.converter.connect.meta.data": "false" }
      : { "value.converter.ignore.default.for.nullables": "true" }),
  };
}

/** A converter of Avro that logs in to the registry with what the secrets file has under `secretKey`. */
export function avroConverter(
  side: "key" | "value",
  { registryUrl, secretsFile: file = secretsFile, truststore }: KafkaAccess & Pick<WorkerSettings, "registryUrl">,
  secretKey: string,
): Record<string, string> {
  return prefixed(`${side}.converter`, {
    "": "io.confluent.connect.avro.AvroConverter",
    ".schema.registry.url": registryUrl,
    ".basic.auth.credentials.source": "USER_INFO",
    ".basic.auth.user.info": fileReference(file, secretKey),
    ...(truststore === undefined
      ? {}
      : { ".schema.registry.ssl.truststore.type": "PEM", ".schema.registry.ssl.truststore.location": truststore }),
  });
}

function internalTopics(replicationFactor: number): Record<string, string> {
  return {
    "config.storage.topic": `${connectPrefix}configs`,
    "config.storage.replication.factor": String(replicationFactor),
    "offset.storage.topic": `${connectPrefix}offsets`,
    "offset.storage.partitions": "25",
    "offset.storage.replication.factor": String(replicationFactor),
    "status.storage.topic": `${connectPrefix}status`,
    "status.storage.partitions": "5",
    "status.storage.replication.factor": String(replicationFactor),
  };
}

function prefixed(prefix: string, entries: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [prefix + key, value]));
}

/** A key of a service of Confluent's: its id and its secret. */
export interface ApiKey {
  readonly key: string;
  readonly secret: string;
}

export interface Secrets {
  /** The workers' Kafka key. */
  readonly kafka: ApiKey;
  /** The workers' Schema Registry key. */
  readonly registry: ApiKey;
  /** Passwords of the databases, by source. */
  readonly passwords: Readonly<Record<string, string>>;
}

/** What a sink connector logs in with. */
export interface SinkSecrets {
  readonly kafka: ApiKey;
  readonly registry: ApiKey;
  /** Where its rows go: values of settings, by their names. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What the secrets file has for workers and sources. Throws when a login cannot be carried; no message holds a secret. */
export function secretsProperties({ kafka, registry, passwords }: Secrets): string {
  return [
    propertyLine(secretKeys.kafka, plainLogin(kafka.key, kafka.secret)),
    propertyLine(secretKeys.registry, `${registry.key}:${registry.secret}`),
    ...Object.entries(passwords).map(([source, password]) => propertyLine(secretKeys.password(source), password)),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** What the secrets file has for one sink. Throws when a login cannot be carried; no message holds a secret. */
export function sinkProperties(target: string, { kafka, registry, settings }: SinkSecrets): string {
  return [
    propertyLine(secretKeys.sink(target), plainLogin(kafka.key, kafka.secret)),
    propertyLine(secretKeys.sinkRegistry(target), `${registry.key}:${registry.secret}`),
    ...Object.entries(settings).map(([setting, value]) => propertyLine(secretKeys.sinkSetting(target, setting), value)),
  ]
    .map((line) => `${line}\n`)
    .join("");
}
