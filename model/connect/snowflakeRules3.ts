import { mistake, type SinkConfig, type SinkMistake } from "./sinkMistake.ts";

/** What only 4 has, and what 3 takes with one way of writing only. */
const onlyIn4 =
  /^snowflake\.(validation|autocreate\..*|iceberg\.create\..*|cache\..*|compatibility\..*|feature\..*|topic2table\.map\.regex\.replacement|streaming\.(classic\..*|validate\..*|metrics\..*))$/;

/** Of version 3 alone, and of 2.5, which has its settings. */
export function mistakesOf3(config: SinkConfig, isStreaming: boolean): SinkMistake[] {
  const isOn = (key: string) => config[key]?.toLowerCase() === "true";
  const streaming = [
    "snowflake.streaming.max.client.lag",
    "snowflake.streaming.max.memory.limit.bytes",
    "snowflake.streaming.enable.single.buffer",
    "snowflake.streaming.client.provider.override.map",
    "enable.streaming.channel.offset.migration",
    "enable.streaming.channel.offset.verification",
    "snowflake.streaming.channel.name.include.connector.name",
  ].filter((key) => !isStreaming && config[key] !== undefined);
  const both = "snowflake.streaming.channel.name.include.connector.name";
  return [
    ...Object.keys(config)
      .filter((key) => onlyIn4.test(key))
      .map((key) => mistake(key, "the connector has it from version 4 on, and would not look at it. Take it out.")),
    ...(!isStreaming && isOn("snowflake.enable.schematization")
      ? [
          mistake(
            "snowflake.enable.schematization",
            "only snowflake.ingestion.method: SNOWPIPE_STREAMING makes columns of fields. Write that too.",
          ),
        ]
      : []),
    ...streaming.map((key) =>
      mistake(key, "only snowflake.ingestion.method: SNOWPIPE_STREAMING has it. Write that too, or take it out."),
    ),
    ...(isOn(both) &&
    isStreaming &&
    (config["enable.streaming.channel.offset.migration"] ?? "true").toLowerCase() === "true"
      ? [mistake(both, "it needs enable.streaming.channel.offset.migration: false. Write that too.")]
      : []),
    ...(isOn("snowflake.streaming.enable.single.buffer")
      ? ["buffer.flush.time", "buffer.count.records"]
          .filter((key) => config[key] !== undefined)
          .map((key) =>
            mistake(key, "with a single buffer it is not looked at. Write snowflake.streaming.max.client.lag instead."),
          )
      : []),
  ];
}
