import { either } from "../words.ts";
import { mistake, type SinkConfig, type SinkMistake } from "./sinkMistake.ts";
import { mistakesOf3 } from "./snowflakeRules3.ts";
import { mistakesOf4 } from "./snowflakeRules4.ts";
import { snowflakeClasses, type SnowflakeGeneration } from "./snowflakeVersion.ts";

/**
 * What a connector of Snowflake's would object to when it starts: Kafka Connect's own validation, which `pulumi up` asks
 * first, sees little of it. From the connector's source, 4.1.0 and 3.5.4; and what it takes although rows get lost.
 */
export function snowflakeStartMistakes(name: string, config: SinkConfig): SinkMistake[] {
  const generation: SnowflakeGeneration = config["connector.class"] === snowflakeClasses[4] ? 4 : 3;
  const isStreaming = generation === 4 || /^snowpipe_streaming$/i.test(config["snowflake.ingestion.method"] ?? "");
  return [
    ...nameMistakes(name),
    ...missing(config, isStreaming),
    ...valueMistakes(config, generation),
    ...mapMistakes(config, generation),
    ...converterMistakes(config, generation, isStreaming),
    ...errorMistakes(config),
    ...(generation === 4 ? mistakesOf4(config) : mistakesOf3(config, isStreaming)),
  ];
}

function nameMistakes(name: string): SinkMistake[] {
  return /^[-_a-zA-Z][-_$a-zA-Z0-9]+$/.test(name)
    ? []
    : [
        mistake(
          "name",
          `Snowflake's connector takes letters, digits, _, - and $ in its name, two or more, no dots, and no digit first, not ${name}. Give the target another name.`,
        ),
      ];
}

function missing(config: SinkConfig, isStreaming: boolean): SinkMistake[] {
  const login = ["url", "user", "database", "schema", ...(isStreaming ? ["role"] : [])].map(
    (what) => `snowflake.${what}.name`,
  );
  const isOAuth = /^oauth$/i.test(config["snowflake.authenticator"] ?? "");
  return [...login, ...(isOAuth ? [] : ["snowflake.private.key"])]
    .filter((key) => (config[key] ?? "") === "")
    .map((key) => mistake(key, "it is missing, and the connector does not start without it. Write it."));
}

const booleans = ["true", "false"];

/** Legal values, in any case of letters. */
const legalValues: Readonly<Record<string, readonly string[]>> = {
  "behavior.on.null.values": ["default", "ignore"],
  "enable.task.fail.on.authorization.errors": booleans,
  "errors.log.enable": booleans,
  "errors.tolerance": ["none", "all"],
  jmx: booleans,
  "snowflake.authenticator": ["snowflake_jwt", "oauth"],
  "snowflake.enable.schematization": booleans,
  "snowflake.metadata.all": booleans,
};

const legalIn: Readonly<Record<SnowflakeGeneration, Readonly<Record<string, readonly string[]>>>> = {
  3: {
    "snowflake.ingestion.method": ["snowpipe", "snowpipe_streaming"],
    "snowflake.streaming.enable.single.buffer": booleans,
  },
  4: {
    "snowflake.autocreate.table.type": ["snowflake", "iceberg", "none"],
    "snowflake.cache.pipe.exists": booleans,
    "snowflake.cache.table.exists": booleans,
    "snowflake.streaming.classic.offset.migration": ["skip", "best_effort", "strict"],
    "snowflake.streaming.validate.compatibility.with.classic": booleans,
    "snowflake.validation": ["client_side", "server_side"],
  },
};

const numbersAbove0 = [
  "snowflake.cache.pipe.exists.expire.ms",
  "snowflake.cache.table.exists.expire.ms",
  "snowflake.streaming.max.client.lag",
  "snowflake.streaming.max.memory.limit.bytes",
  "tasks.max",
];

function valueMistakes(config: SinkConfig, generation: SnowflakeGeneration): SinkMistake[] {
  const legal = { ...legalValues, ...legalIn[generation] };
  return Object.entries(config).flatMap(([key, value]) => {
    const words = legal[key];
    if (words !== undefined && !words.includes(value.toLowerCase())) {
      return [mistake(key, `it is not ${value}. Write ${either(words)}.`)];
    }
    return numbersAbove0.includes(key) && !/^[1-9][0-9]*$/.test(value)
      ? [mistake(key, `${value} is not legal. Write a whole number, 1 or more.`)]
      : [];
  });
}

/** Topics are regular expressions to the connector, and it refuses two of which one matches the other. */
function mapMistakes(config: SinkConfig, generation: SnowflakeGeneration): SinkMistake[] {
  const key = "snowflake.topic2table.map";
  const topics = (config.topics ?? "").split(",").filter((topic) => topic !== "");
  const entries = (config[key] ?? "").split(",").filter((entry) => entry.trim() !== "");
  const pairs = entries.map((entry) => entry.split(":").map((part) => part.trim()));
  const malformed = entries.filter((_, index) => pairs[index]?.length !== 2 || pairs[index].includes(""));
  const mapped = pairs.map(([topic = ""]) => topic);
  const strange =
    generation === 3 ? pairs.map(([, table = ""]) => table).filter((table) => table !== "" && !isTableOf3(table)) : [];
  return [
    ...malformed.map((entry) => mistake(key, `${entry} is not a topic and a table. Write topic:TABLE.`)),
    ...overlapping(mapped).map(([one, other]) =>
      mistake(
        key,
        `${one} and ${other} are one to the connector, which reads topics as regular expressions. Give one of them another name.`,
      ),
    ),
    ...strange.map((table) =>
      mistake(
        key,
        `version 3 takes tables with two characters or more of A to Z, 0 to 9, _ and $, not ${table}. Give the table another name in pipeline.ts.`,
      ),
    ),
    ...topics
      .filter((topic) => !mapped.some((pattern) => matches(pattern, topic)))
      .map((topic) =>
        mistake(
          key,
          `it has no table for ${topic}, whose rows would go to a table of the topic's name. Write ${topic}:TABLE.`,
        ),
      ),
  ];
}

/** The connector's own pattern. */
function isTableOf3(table: string): boolean {
  return /^([_a-zA-Z][_$a-zA-Z0-9]+\.){0,2}[_a-zA-Z][_$a-zA-Z0-9]+$/.test(table);
}

function overlapping(topics: readonly string[]): [string, string][] {
  return topics.flatMap((topic, index) =>
    topics
      .slice(0, index)
      .filter((earlier) => matches(earlier, topic) || matches(topic, earlier))
      .map((earlier): [string, string] => [earlier, topic]),
  );
}

function matches(pattern: string, topic: string): boolean {
  return pattern === topic || new RegExp(`^(?:${pattern})$`).test(topic);
}

const snowflakeConverters =
  /\.Snowflake(Json|Avro|AvroWithoutSchemaRegistry|AvroConverterWithoutSchemaRegistry|Protobuf)\w*$/;

function converterMistakes(config: SinkConfig, generation: SnowflakeGeneration, isStreaming: boolean): SinkMistake[] {
  const schematizes = (config["snowflake.enable.schematization"] ?? String(generation === 4)).toLowerCase() === "true";
  const value = config["value.converter"] ?? "";
  return [
    ...(schematizes && /StringConverter|ByteArrayConverter/.test(value)
      ? [
          mistake(
            "value.converter",
            `${value} gives no fields to make columns of (snowflake.enable.schematization). Write io.confluent.connect.avro.AvroConverter.`,
          ),
        ]
      : []),
    ...(["key.converter", "value.converter"] as const)
      .filter((key) => isStreaming && snowflakeConverters.test(config[key] ?? ""))
      .map((key) =>
        mistake(
          key,
          `Snowflake's own converters are gone with streaming (${config[key] ?? ""}). Write io.confluent.connect.avro.AvroConverter.`,
        ),
      ),
  ];
}

/** Both or neither: with tolerance alone, records are lost without a trace; the topic alone is never written. */
function errorMistakes(config: SinkConfig): SinkMistake[] {
  const tolerates = config["errors.tolerance"]?.toLowerCase() === "all";
  const hasTopic = (config["errors.deadletterqueue.topic.name"] ?? "") !== "";
  if (tolerates && !hasTopic) {
    return [
      mistake(
        "errors.tolerance",
        "all without errors.deadletterqueue.topic.name loses what cannot be read. Write none, or name the topic.",
      ),
    ];
  }
  return hasTopic && !tolerates
    ? [
        mistake(
          "errors.deadletterqueue.topic.name",
          "with errors.tolerance none, the first bad record stops the task all the same. Write errors.tolerance: all, or take it out.",
        ),
      ]
    : [];
}
