import { leastRows, s3Sink, s3SinkClass, type S3SinkSettings } from "../../../../model/lake/sink.ts";

const settings: S3SinkSettings = {
  place: { bucket: "shop-lake", folder: "topics" },
  region: "eu-west-1",
  topics: [
    { topic: "ORDERS_ENRICHED", partitions: 6 },
    { topic: "mysql.customers", partitions: 6 },
  ],
  serviceAccount: "sa-1",
  integration: "cspi-1",
  rotation: { rows: 100_000, minutes: 10 },
  timeField: undefined,
  kmsKey: undefined,
  extra: {},
};

it("writes Parquet by the hour, as a role, and adds where each record stands", () => {
  expect(s3Sink("lake", settings)).toEqual({
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
  const { nonsensitive } = s3Sink("lake", { ...settings, timeField: "ORDER_TS", kmsKey: key });
  expect(nonsensitive).toMatchObject({
    "timestamp.field": "ORDER_TS",
    "s3.ssea.name": "aws:kms",
    "s3.sse.kms.key.id": key,
  });
});

it("has a task for each fifty partitions", () => {
  const tasks = (partitions: number) =>
    s3Sink("lake", { ...settings, topics: [{ topic: "T", partitions }] }).nonsensitive["tasks.max"];
  expect([tasks(1), tasks(50), tasks(51)]).toEqual(["1", "1", "2"]);
});

it("says nothing that Confluent's template does not have, and all that it asks for", () => {
  const { nonsensitive } = s3Sink("lake", { ...settings, timeField: "T", kmsKey: "k" });
  const own = Object.entries(nonsensitive).filter(([key]) => !/^transforms(\.|$)/.test(key));
  expect(own.map(([key]) => key).filter((key) => !s3SinkClass.properties.includes(key))).toEqual([]);
  expect(s3SinkClass.required.filter((key) => !Object.hasOwn(nonsensitive, key))).toEqual([]);
  expect(own.filter(([key, value]) => s3SinkClass.legal[key]?.includes(value) === false)).toEqual([]);
});

it("knows the fewest rows a file that each type of cluster takes", () => {
  expect((["basic", "standard", "dedicated"] as const).map(leastRows)).toEqual([1000, 1000, 1]);
});
