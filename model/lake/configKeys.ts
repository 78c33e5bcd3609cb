import type { ConfigKey } from "../configKey.ts";
import type { Target } from "../graph.ts";
import { connectorKeys } from "../targets/connectorKeys.ts";

/** What the tables of a lake are: files of the sink's under Glue's projection, or Iceberg tables of Tableflow's. */
export const lakeFormats = ["parquet", "iceberg"] as const;

/** The keys of one lake, by their last part (`lake.since` is `since`). */
export function lakeKeys({ name }: Pick<Target, "name">): Readonly<Record<string, ConfigKey>> {
  return {
    format: {
      type: "string",
      default: "parquet",
      legal: lakeFormats,
      description:
        "parquet: files that Confluent's S3 sink writes, with partition projection. iceberg: tables that Confluent's Tableflow keeps (standard or dedicated clusters). A change makes everything anew beside what is there.",
    },
    since: {
      type: "string",
      default: "",
      required: true,
      description: `First day (UTC) that has rows in ${name}, e.g. 2026-11-26: earlier ones are not looked for. iceberg does not need it.`,
    },
    region: {
      type: "string",
      default: "",
      description:
        "Region of AWS that the bucket is in. Empty: kafka.region. Another one costs egress, and Confluent's support has to open the way. A change is refused.",
    },
    bucket: {
      type: "string",
      default: "",
      description:
        "Name of the bucket that the stack makes, unique in the world. Empty: project, stack, target and the account's number. A change makes another one and deletes this one.",
    },
    folder: {
      type: "string",
      default: "topics",
      description:
        "Folder in the bucket that topics are in. Another one begins anew beside what is there, with all that the topics still have.",
    },
    database: {
      type: "string",
      default: "",
      description:
        "Name of Glue's database, in lower case. Empty: the project and the stack, e.g. pipeline_dev. A change makes another one and deletes this one.",
    },
    timeField: {
      type: "string",
      default: "",
      description:
        "Column whose time says in which hour's folder a row lies: timestamp(3), or int64 with milliseconds, in every topic of the target, and never NULL, which stops the connector. Empty: the time when the row came to Kafka.",
    },
    rowsPerFile: {
      type: "integer",
      default: 100_000,
      description: "Rows of a partition after which a file is closed: 1000 or more; on a dedicated cluster 1 or more.",
    },
    minutesPerFile: {
      type: "integer",
      default: 10,
      description:
        "Minutes, by the clock, after which a file is closed, so that the rows of a quiet topic show: 10 or more. Longer makes fewer, larger files.",
    },
    keepDays: {
      type: "integer",
      default: 0,
      description: "Days after which files are deleted; 0: never, or in a demo after 7. Not for iceberg.",
    },
    kmsKey: {
      type: "string",
      default: "",
      description:
        "ARN of a KMS key of yours that objects are encrypted with; its policy must let the account's IAM decide. Empty: S3's own keys.",
    },
    scanLimitMb: {
      type: "integer",
      default: 1024,
      description: "Megabytes that one query may read before Athena ends it: 10 or more.",
    },
    readers: {
      type: "array",
      default: [],
      description:
        "Who may ask questions, as IAM names them: role/NAME, user/NAME or group/NAME. Each gets the policy of the target's analysts.",
    },
    ...connectorKeys({ name }, "Confluent's S3 sink"),
  };
}
