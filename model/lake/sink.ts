import type { ManagedClass } from "../connect/managedClasses.ts";
import type { ManagedConfig } from "../connect/managedConnector.ts";
import { sinkName } from "../internalNames.ts";
import { recordColumns } from "./columns.ts";
import { pathFormat, type LakePlace } from "./layout.ts";

const booleans = ["true", "false"];
const formats = ["AVRO", "JSON", "BYTES", "PARQUET"];

/** Confluent's fully managed sink for S3, as its own template describes it (2026-06). */
export const s3SinkClass: ManagedClass = {
  name: "S3_SINK",
  properties: names(`
    authentication.method auto.restart.on.user.error aws.access.key.id aws.secret.access.key behavior.on.null.values
    compression.codec connector.class consumer.override.auto.offset.reset consumer.override.isolation.level
    csfle.enabled csfle.onFailure enhanced.avro.schema.support errors.deadletterqueue.topic.name errors.tolerance
    flush.size header.converter input.data.format input.key.format json.decimal.format kafka.api.key
    kafka.api.secret kafka.auth.mode kafka.service.account.id key.converter.key.subject.name.strategy
    key.converter.replace.null.with.default key.converter.schemas.enable locale max.poll.interval.ms
    max.poll.records name output.data.format output.headers.format output.keys.format partition.field.name
    partitioner.class path.format provider.integration.id regional.connectivity rotate.interval.ms
    rotate.schedule.interval.ms s3.acl.canned s3.bucket.name s3.compression.level s3.object.tagging s3.part.size
    s3.path.style.access.enabled s3.region s3.schema.partition.affix.type s3.sse.customer.key s3.sse.kms.key.id
    s3.ssea.name s3.wan.mode schema.compatibility schema.context.name sr.service.account.id store.kafka.headers
    store.kafka.keys store.url subject.name.strategy tasks.max time.interval timestamp.field timezone
    tombstone.encoded.partition topics topics.dir topics.regex value.converter.allow.optional.map.keys
    value.converter.auto.register.schemas value.converter.connect.meta.data value.converter.decimal.format
    value.converter.enhanced.avro.schema.support value.converter.enhanced.protobuf.schema.support
    value.converter.flatten.singleton.unions value.converter.flatten.unions
    value.converter.generate.index.for.unions value.converter.generate.struct.for.nulls
    value.converter.ignore.default.for.nullables value.converter.int.for.enums
    value.converter.latest.compatibility.strict value.converter.object.additional.properties
    value.converter.optional.for.nullables value.converter.optional.for.proto2
    value.converter.reference.subject.name.strategy value.converter.replace.null.with.default
    value.converter.schemas.enable value.converter.scrub.invalid.names value.converter.use.latest.version
    value.converter.use.optional.for.nonrequired value.converter.value.subject.name.strategy
    value.converter.wrapper.for.nullables value.converter.wrapper.for.raw.primitives
  `),
  required: names("connector.class name tasks.max topics input.data.format s3.bucket.name time.interval"),
  legal: {
    "authentication.method": ["IAM Roles", "Access Keys"],
    "behavior.on.null.values": ["ignore", "fail", "write"],
    "compression.codec": [
      "AVRO - deflate",
      "AVRO - snappy",
      "AVRO - bzip2",
      "PARQUET - none",
      "PARQUET - gzip",
      "PARQUET - snappy",
      "BYTES - gzip",
      "JSON - gzip",
    ],
    "consumer.override.auto.offset.reset": ["earliest", "latest", "none"],
    "consumer.override.isolation.level": ["read_committed", "read_uncommitted"],
    "errors.tolerance": ["all", "none"],
    "input.data.format": ["AVRO", "JSON_SR", "PROTOBUF", "JSON", "BYTES"],
    "input.key.format": ["AVRO", "BYTES", "JSON", "JSON_SR", "PROTOBUF", "STRING"],
    "json.decimal.format": ["BASE64", "NUMERIC"],
    "kafka.auth.mode": ["KAFKA_API_KEY", "SERVICE_ACCOUNT"],
    "output.data.format": formats,
    "output.headers.format": formats,
    "output.keys.format": formats,
    "partitioner.class": ["TimeBasedPartitioner", "FieldPartitioner"],
    "s3.object.tagging": booleans,
    "s3.path.style.access.enabled": booleans,
    "s3.schema.partition.affix.type": ["PREFIX", "SUFFIX", "NONE"],
    "s3.ssea.name": ["AES256", "aws:kms"],
    "s3.wan.mode": booleans,
    "schema.compatibility": ["NONE", "BACKWARD", "FORWARD", "FULL"],
    "store.kafka.headers": booleans,
    "store.kafka.keys": booleans,
    "subject.name.strategy": ["TopicNameStrategy", "TopicRecordNameStrategy"],
    "time.interval": ["DAILY", "HOURLY"],
  },
};

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

/** A task holds the open file of each of its partitions in memory, 5 MB (`s3.part.size`) and its columns. */
const partitionsPerTask = 50;

/** `Value`: what a value is that is known only when the stack runs. Such values are passed on as they are. */
export interface S3SinkSettings<Value = string> {
  readonly place: Omit<LakePlace, "bucket"> & { readonly bucket: Value | string };
  readonly region: string;
  /** Topics and their partitions; one or more. */
  readonly topics: readonly { readonly topic: string; readonly partitions: number }[];
  /** Id of the service account that the connector acts as. */
  readonly serviceAccount: Value | string;
  /** Id of the provider integration: by it the connector takes a role of ours, and no key lies anywhere. */
  readonly integration: Value | string;
  readonly rotation: Rotation;
  /** Column, as it is called in the topics, by whose time rows are filed; `undefined`: the record's in Kafka. */
  readonly timeField: string | undefined;
  /** ARN of the key that objects are encrypted with; `undefined`: S3's own. */
  readonly kmsKey: string | undefined;
  /** The user's own settings. */
  readonly extra: Readonly<Record<string, string>>;
}

/** A target as Confluent's fully managed sink for S3: rows come as Avro and go as Parquet. Keys are sorted. */
export function s3Sink<Value = string>(
  target: string,
  { place, region, topics, serviceAccount, integration, rotation, timeField, kmsKey, extra }: S3SinkSettings<Value>,
): ManagedConfig<Value> {
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0);
  const nonsensitive: Record<string, Value | string> = {
    ...sameForAll,
    name: sinkName(target),
    "tasks.max": String(Math.max(1, Math.ceil(partitions / partitionsPerTask))),
    topics: topics.map(({ topic }) => topic).join(","),
    "kafka.service.account.id": serviceAccount,
    "provider.integration.id": integration,
    "s3.bucket.name": place.bucket,
    "s3.region": region,
    "topics.dir": place.folder,
    "flush.size": String(rotation.rows),
    "rotate.schedule.interval.ms": String(rotation.minutes * 60_000),
    ...(timeField === undefined ? {} : { "timestamp.field": timeField }),
    ...(kmsKey === undefined ? {} : { "s3.ssea.name": "aws:kms", "s3.sse.kms.key.id": kmsKey }),
    ...extra,
  };
  return {
    nonsensitive: Object.fromEntries(Object.entries(nonsensitive).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    sensitive: {},
  };
}

/** Name of the transform that adds `recordColumns`. */
const transform = "record";

/** The same whatever the target. */
const sameForAll: Readonly<Record<string, string>> = {
  "connector.class": s3SinkClass.name,
  "kafka.auth.mode": "SERVICE_ACCOUNT",
  "authentication.method": "IAM Roles",
  "input.data.format": "AVRO",
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
  // Its dead-letter topic is Confluent's: dlq-lcc-….
  "errors.tolerance": "all",
  "consumer.override.isolation.level": "read_committed",
  "value.converter.ignore.default.for.nullables": "true",
  transforms: transform,
  [`transforms.${transform}.type`]: "org.apache.kafka.connect.transforms.InsertField$Value",
  ...Object.fromEntries(recordColumns.map(({ name, property }) => [`transforms.${transform}.${property}`, name])),
};

function names(text: string): string[] {
  return text.trim().split(/\s+/);
}
