import { describeType } from "../columnTypes.ts";
import { refusedName } from "../names.ts";
import type { TakenTopic } from "../targets/taken.ts";
import { either } from "../words.ts";
import type { LakeConfig } from "./config.ts";
import { lakeTable } from "./table.ts";
import { viewKindOf } from "./view.ts";

/** What a lake refuses of a topic: a time to file its rows by that is not there, or is none. */
export function lakeTopicMistakes({ dataset }: TakenTopic, { timeField }: LakeConfig): string[] {
  if (timeField === undefined) {
    return [];
  }
  const column = dataset.columns.find(({ name }) => name === timeField);
  const fitting = dataset.columns
    .filter(({ type }) => type.logical === "int64" || type.logical === "timestamp")
    .map(({ name }) => name);
  const instead =
    fitting.length === 0
      ? "Take it out: rows are then filed by the time when they came to Kafka."
      : `Write ${either(fitting)}, if every topic of the target has it, or take it out.`;
  if (column === undefined) {
    return [`it has no column ${timeField}, which timeField names. ${instead}`];
  }
  return fitting.includes(timeField)
    ? []
    : [`its column ${timeField}, which timeField names, is ${describeType(column.type)}, and no time. ${instead}`];
}

/** What of a topic a lake does not have as one might think. */
export function lakeTopicWarnings({ topic, dataset, sourceKind }: TakenTopic, { format }: LakeConfig): string[] {
  if (format === "iceberg") {
    return refusedName("glue", "table", topic) === undefined
      ? []
      : [
          `Tableflow calls its table like the topic, and Athena takes that in quotes only: "${topic.toLowerCase()}". ` +
            "A result of ksqlDB's has a name that needs none.",
        ];
  }
  const table = lakeTable(dataset, sourceKind);
  return viewKindOf(table) === undefined
    ? [
        `there is no view of its current state in Athena, only ${table.history}: a table of ksqlDB's tells of a deletion by a ` +
          "record without a value, which the sink leaves out. Snowflake, or lake.format: iceberg, has its current state.",
      ]
    : [];
}
