import { valuesOf } from "./words.ts";

type Config = Readonly<Record<string, string>>;

/** A connector plugin as far as the simulated cluster knows it. */
export interface Plugin {
  readonly class: string;
  readonly type: "source" | "sink";
  readonly version: string;
  /** Keys without which it does not validate. */
  readonly required: readonly string[];
  /** Legal values of keys that are enumerations. */
  readonly legal?: Readonly<Record<string, readonly string[]>>;
  /** How many tasks a configuration makes. Default: one. */
  readonly tasks?: (config: Config) => number;
}

const snapshotModes = ["always", "initial", "initial_only", "no_data", "when_needed", "configuration_based", "custom"];
const debezium = {
  type: "source",
  version: "3.5.0.Final",
  legal: {
    "snapshot.mode": [...snapshotModes, "recovery"],
    "time.precision.mode": [
      "adaptive",
      "adaptive_time_microseconds",
      "connect",
      "isostring",
      "microseconds",
      "nanoseconds",
    ],
    "decimal.handling.mode": ["precise", "double", "string"],
  },
} as const;

const snowflakeLogin = [
  "snowflake.url.name",
  "snowflake.user.name",
  "snowflake.private.key",
  "snowflake.database.name",
  "snowflake.schema.name",
];

const jdbcSink = {
  type: "sink",
  version: "3.5.0.Final",
  required: ["connection.url", "connection.username"],
  tasks: maxTasks,
} as const;

/** The plugins of the worker image, with Snowflake's connector in both of its generations. */
export const imagePlugins: readonly Plugin[] = [
  {
    ...debezium,
    class: "io.debezium.connector.sqlserver.SqlServerConnector",
    required: ["topic.prefix", "database.hostname", "database.names"],
    tasks: (config) => Math.min(maxTasks(config), valuesOf(config["database.names"]).length),
  },
  {
    ...debezium,
    class: "io.debezium.connector.mysql.MySqlConnector",
    required: ["topic.prefix", "database.hostname", "database.user", "database.server.id"],
  },
  {
    ...debezium,
    class: "io.debezium.connector.mariadb.MariaDbConnector",
    required: ["topic.prefix", "database.hostname", "database.user", "database.server.id"],
  },
  {
    ...debezium,
    class: "io.debezium.connector.postgresql.PostgresConnector",
    // It has no schema history to recover.
    legal: { ...debezium.legal, "snapshot.mode": snapshotModes },
    required: ["topic.prefix", "database.hostname", "database.user", "database.dbname"],
  },
  {
    class: "com.snowflake.kafka.connector.SnowflakeSinkConnector",
    type: "sink",
    version: "2.5.0",
    required: snowflakeLogin,
    legal: { "snowflake.ingestion.method": ["SNOWPIPE", "SNOWPIPE_STREAMING"] },
    tasks: maxTasks,
  },
  {
    class: "com.snowflake.kafka.connector.SnowflakeStreamingSinkConnector",
    type: "sink",
    version: "4.1.0",
    required: [...snowflakeLogin, "snowflake.role.name"],
    legal: { "snowflake.validation": ["client_side", "server_side"] },
    tasks: maxTasks,
  },
  { ...jdbcSink, class: "io.debezium.connector.jdbc.JdbcSinkConnector" },
  { ...jdbcSink, class: "pipeline.jdbc.JdbcSink" },
];

function maxTasks(config: Config): number {
  return Number(config["tasks.max"] ?? "1");
}

/** What a plugin, and Connect itself, object to in a configuration, by key. */
export function objectionsTo(config: Config, plugin: Plugin): { key: string; error: string }[] {
  const missing = plugin.required
    .filter((key) => (config[key] ?? "") === "")
    .map((key) => ({ key, error: `The '${key}' value is invalid: A value is required` }));
  const illegal = Object.entries(plugin.legal ?? {}).flatMap(([key, legal]) => {
    const value = config[key];
    return value === undefined || legal.includes(value)
      ? []
      : [{ key, error: `The '${key}' value is invalid: Value must be one of ${legal.join(", ")}` }];
  });
  return [...missing, ...illegal, ...objectionsOfConnect(config, plugin)];
}

function objectionsOfConnect(config: Config, { type }: Plugin): { key: string; error: string }[] {
  const tasks = config["tasks.max"];
  const aliases = valuesOf(config.transforms);
  const typeless = aliases.filter((alias) => (config[`transforms.${alias}.type`] ?? "") === "");
  const hasTopics = config.topics !== undefined || config["topics.regex"] !== undefined;
  return [
    ...(tasks === undefined ? [] : tasksErrors(tasks).map((error) => ({ key: "tasks.max", error }))),
    ...typeless.map((alias) => ({
      key: `transforms.${alias}.type`,
      error: `Missing required configuration "transforms.${alias}.type" which has no default value.`,
    })),
    ...(type === "sink" && !hasTopics
      ? [{ key: "topics", error: "Must configure one of topics or topics.regex" }]
      : []),
  ];
}

function tasksErrors(tasks: string): string[] {
  const invalid = (value: string) => `Invalid value ${value} for configuration tasks.max: `;
  if (!/^-?\d+$/.test(tasks)) {
    return [`${invalid(tasks)}Not a number of type INT`, `${invalid("null")}Value must be non-null`];
  }
  return Number(tasks) < 1 ? [`${invalid(tasks)}Value must be at least 1`] : [];
}
