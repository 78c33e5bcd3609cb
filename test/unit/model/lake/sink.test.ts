import { managedSink, managedSinkMistakes } from "../../../../model/connect/managedSink.ts";
import { managedSinkClasses } from "../../../../model/connect/managedSinkClasses.ts";
import { lakeSink, leastRows, sinkRules, type LakeSinkSettings } from "../../../../model/lake/sink.ts";

const own: LakeSinkSettings = {
  bucket: "shop-lake",
  folder: "topics",
  region: "eu-west-1",
  integration: "cspi-1",
  rotation: { rows: 100_000, minutes: 10 },
  timeField: undefined,
  kmsKey: undefined,
};

function rendered(settings: LakeSinkSettings) {
  return managedSink("lake", managedSinkClasses.s3, {
    topics: [
      { topic: "ORDERS_ENRICHED", partitions: 6 },
      { topic: "mysql.customers", partitions: 6 },
    ],
    serviceAccount: "sa-1",
    settings: lakeSink(settings),
    secrets: {},
    extra: {},
  });
}

it("writes Parquet by the hour, as a role, and adds where each record stands", () => {
  expect(rendered(own)).toEqual({
    nonsensitive: {
      "authentication.method": "IAM Roles",
      "behavior.on.null.values": "ignore",
      "compression.codec": "PARQUET - snappy",
      "connector.class": "S3_SINK",
      "consumer.override.isolation.level": "read_committed",
      "errors.tolerance": "all",
      "flush.size": "100000",
      "input.data.format": "AVRO",
      "input.key.format": "BYTES",
      "kafka.auth.mode": "SERVICE_ACCOUNT",
      "kafka.service.account.id": "sa-1",
      locale: "en",
      name: "sink-lake",
      "output.data.format": "PARQUET",
      "partitioner.class": "TimeBasedPartitioner",
      "path.format": "'dt'=YYYY-MM-dd/'hour'=HH",
      "provider.integration.id": "cspi-1",
      "rotate.schedule.interval.ms": "600000",
      "s3.bucket.name": "shop-lake",
      "s3.region": "eu-west-1",
      "schema.compatibility": "BACKWARD",
      "tasks.max": "1",
      "time.interval": "HOURLY",
      timezone: "UTC",
      topics: "ORDERS_ENRICHED,mysql.customers",
      "topics.dir": "topics",
      transforms: "record",
      "transforms.record.offset.field": "__topic_offset",
      "transforms.record.partition.field": "__topic_partition",
      "transforms.record.timestamp.field": "__record_ts",
      "transforms.record.type": "org.apache.kafka.connect.transforms.InsertField$Value",
      "value.converter.ignore.default.for.nullables": "true",
    },
    sensitive: {},
  });
});

it("files rows by a column of theirs, and encrypts with a key, where that is asked for", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/1";
  const { nonsensitive } = rendered({ ...own, timeField: "ORDER_TS", kmsKey: key });
  expect(nonsensitive).toMatchObject({
    "timestamp.field": "ORDER_TS",
    "s3.ssea.name": "aws:kms",
    "s3.sse.kms.key.id": key,
  });
});

it("says nothing that Confluent's template does not have, and all that it asks for", () => {
  const { properties, required, legal } = managedSinkClasses.s3;
  const { nonsensitive } = rendered({ ...own, timeField: "T", kmsKey: "k" });
  const plain = Object.entries(nonsensitive).filter(([key]) => !/^transforms(\.|$)/.test(key));
  expect(plain.map(([key]) => key).filter((key) => !properties.includes(key))).toEqual([]);
  expect(required.filter((key) => !Object.hasOwn(nonsensitive, key))).toEqual([]);
  expect(plain.filter(([key, value]) => legal[key]?.includes(value) === false)).toEqual([]);
});

it("lets a user set what changes neither what lands nor where", () => {
  const extra = {
    "s3.part.size": 10_485_760,
    "max.poll.records": 1000,
    "path.format": "'y'=YYYY",
    "rotate.interval.ms": 1,
    "transforms.mine.type": "X",
    "s3.object.taging": true,
    "aws.secret.access.key": "…",
  };
  expect(managedSinkMistakes(sinkRules, extra)).toEqual([
    "aws.secret.access.key: it is a secret, and settings are none. Take it out.",
    "path.format: the pipeline sets it itself. Take it out.",
    "rotate.interval.ms: the pipeline sets it itself. Take it out.",
    "s3.object.taging: S3_SINK has no such setting and would not look at it. Write s3.object.tagging, or take it out.",
    "transforms.mine.type: tables are made for rows as they are in their topics. Take it out.",
  ]);
});

it("knows the fewest rows a file that each type of cluster takes", () => {
  expect((["basic", "standard", "dedicated"] as const).map(leastRows)).toEqual([1000, 1000, 1]);
});
