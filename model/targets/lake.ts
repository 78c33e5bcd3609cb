import { checkLakes, readLake, type LakeConfig } from "../lake/config.ts";
import { lakeKeys } from "../lake/configKeys.ts";
import { lakeTopicMistakes, lakeTopicWarnings } from "../lake/topicMistakes.ts";
import type { TargetKind } from "./targetKind.ts";

/** Files in S3 with tables and views over them in Glue, for Athena; written by Confluent's S3 sink, or kept by its Tableflow. */
export const lake: TargetKind<LakeConfig> = {
  title: "S3",
  system: "glue",
  connector: "confluent",
  keys: lakeKeys,
  read: readLake,
  checkTogether: checkLakes,
  topicMistakes: lakeTopicMistakes,
  topicWarnings: lakeTopicWarnings,
  place: ({ region }) => ({
    cloud: "AWS",
    region,
    elsewhere: "Confluent's support has to let the connector into another region first.",
  }),
  cost:
    "S3 takes $0.023 a GB and month and $0.005 for 1,000 files written, Athena $5 for a TB that queries read, 10 MB of each " +
    "at the least, and Glue nothing up to a million tables (us-east-1, 2026-11). Confluent takes its price by task and hour and by GB.",
};
