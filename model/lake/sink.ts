import type { ManagedSinkRules } from "../connect/managedSink.ts";
import { managedSinkClasses } from "../connect/managedSinkClasses.ts";
import { recordTransform } from "../connect/recordTransform.ts";
import { pathFormat } from "./layout.ts";

/** When the sink closes a file and writes it. */
export interface Rotation {
  /** At most so many rows of a partition in a file. `leastRows` says how few Confluent takes. */
  readonly rows: number;
  /** By the clock: at most so many minutes after the first row, whether there are more or not. 10 or more. */
  readonly minutes: number;
}

/** Confluent takes fewer rows a file on clusters of one's own only (its documentation of the sink). */
export function leastRows(cluster: "basic" | "standard" | "dedicated"): number {
  return cluster === "dedicated" ? 1 : 1000;
}

/** Confluent's least span between two scheduled rotations. */
export const leastMinutes = 10;

/** `Value`: what a value is that is known only when the stack runs. Such values are passed on as they are. */
export interface LakeSinkSettings<Value = string> {
  readonly bucket: Value | string;
  /** The sink's `topics.dir`. */
  readonly folder: string;
  readonly region: string;
  /** Id of the provider integration: by it the connector takes a role of ours, and no key lies anywhere. */
  readonly integration: Value | string;
  readonly rotation: Rotation;
  /** Column, as it is called in the topics, by whose time rows are filed; `undefined`: the record's in Kafka. */
  readonly timeField: string | undefined;
  /** ARN of the key that objects are encrypted with; `undefined`: S3's own. */
  readonly kmsKey: string | undefined;
}

/** What Confluent's sink for S3 is told by a lake. */
export function lakeSink<Value = string>({
  bucket,
  folder,
  region,
  integration,
  rotation,
  timeField,
  kmsKey,
}: LakeSinkSettings<Value>): Record<string, Value | string> {
  return {
    ...sameForAll,
    "provider.integration.id": integration,
    "s3.bucket.name": bucket,
    "s3.region": region,
    "topics.dir": folder,
    "flush.size": String(rotation.rows),
    "rotate.schedule.interval.ms": String(rotation.minutes * 60_000),
    ...(timeField === undefined ? {} : { "timestamp.field": timeField }),
    ...(kmsKey === undefined ? {} : { "s3.ssea.name": "aws:kms", "s3.sse.kms.key.id": kmsKey }),
  };
}

/** The same whatever the target. */
const sameForAll: Readonly<Record<string, string>> = {
  "authentication.method": "IAM Roles",
  "input.key.format": "BYTES", // not looked at: what identifies a row is in the value, too
  "output.data.format": "PARQUET",
  "compression.codec": "PARQUET - snappy",
  "partitioner.class": "TimeBasedPartitioner",
  "time.interval": "HOURLY",
  "path.format": pathFormat,
  timezone: "UTC",
  locale: "en",
  // By default each change between two versions of a schema closes a file, which makes very many small ones.
  "schema.compatibility": "BACKWARD",
  // A tombstone has no row that could be written.
  "behavior.on.null.values": "ignore",
  ...recordTransform,
};

/** What a user may not set of it. */
export const sinkRules: ManagedSinkRules = {
  sink: managedSinkClasses.s3,
  own: [
    ...Object.keys(
      lakeSink({
        bucket: "",
        folder: "",
        region: "",
        integration: "",
        rotation: { rows: 0, minutes: 0 },
        timeField: "",
        kmsKey: "",
      }),
    ),
    // What would take effect instead, or beside it.
    "partition.field.name",
    "rotate.interval.ms",
    "s3.acl.canned",
    "store.kafka.headers",
    "store.kafka.keys",
    "store.url",
    "s3.schema.partition.affix.type",
    "subject.name.strategy",
  ],
  whyNoTransforms: "tables are made for rows as they are in their topics",
};
