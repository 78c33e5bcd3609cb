import { managedSink } from "../../../../model/connect/managedSink.ts";
import { defaultGraph, declaredGraph } from "../../../../model/graph.ts";
import { azureBlob } from "../../../../model/targets/azureBlob.ts";
import { bigQuery } from "../../../../model/targets/bigQuery.ts";
import { http } from "../../../../model/targets/http.ts";
import { topicsTaken } from "../../../../model/targets/taken.ts";
import type { ManagedTargetSink, TargetKind } from "../../../../model/targets/targetKind.ts";
import { pipeline } from "../../../../pipeline.ts";

const graph = defaultGraph(declaredGraph(pipeline));
const topics = topicsTaken(graph, { reads: ["ORDERS", "ORDERS_ENRICHED"] }, 6);

/** What Confluent is asked to run for a target of this configuration. */
function rendered<Config>(kind: TargetKind<Config>, config: Config) {
  const sink = kind.managedSink?.(config, topics);
  if (sink === undefined) {
    throw new Error(`${kind.title} has no connector of Confluent's`);
  }
  return { sink, config: managedSink("copy", sink.sink, { ...sink, topics, serviceAccount: "sa-1" }) };
}

const connector = { paused: false, settings: {} };
const big = rendered(bigQuery, {
  project: "shop-123456",
  dataset: "shop",
  location: "",
  ingestion: "batch",
  accountKey: "{}",
  ...connector,
  settings: { "commit.interval": "120" },
});
const blob = rendered(azureBlob, {
  account: "shopfiles",
  accountKey: "hush",
  container: "shop",
  folder: "topics",
  format: "JSON",
  rows: 5000,
  minutes: 15,
  region: "",
  ...connector,
});
const login = { user: "", password: "", token: "", apiKey: "", apiKeyName: "X-API-KEY" };
const httpOf = (changes: Partial<Parameters<NonNullable<typeof http.managedSink>>[0]>) =>
  rendered(http, {
    url: "https://api.example.com/v1",
    path: "/${topic}",
    method: "POST",
    batch: 1,
    auth: "none",
    ...login,
    ...connector,
    ...changes,
  });

/** The same for every sink. */
const common = {
  name: "sink-copy",
  "tasks.max": "1",
  topics: "ORDERS_ENRICHED,mssql.dbo.ORDERS",
  "kafka.auth.mode": "SERVICE_ACCOUNT",
  "kafka.service.account.id": "sa-1",
  "input.data.format": "AVRO",
  "errors.tolerance": "all",
  "consumer.override.isolation.level": "read_committed",
  "value.converter.ignore.default.for.nullables": "true",
};
const position = {
  transforms: "record",
  "transforms.record.type": "org.apache.kafka.connect.transforms.InsertField$Value",
  "transforms.record.partition.field": "__topic_partition",
  "transforms.record.offset.field": "__topic_offset",
  "transforms.record.timestamp.field": "__record_ts",
};

it("BigQuery gets a row a record, in tables of the datasets' names", () => {
  expect(big.config).toEqual({
    nonsensitive: {
      ...common,
      ...position,
      "connector.class": "BigQueryStorageSink",
      "input.key.format": "AVRO",
      "authentication.method": "Google cloud service account",
      project: "shop-123456",
      datasets: "shop",
      "ingestion.mode": "BATCH LOADING",
      "topic2table.map": "ORDERS_ENRICHED:ORDERS_ENRICHED,mssql.dbo.ORDERS:ORDERS",
      "auto.create.tables": "PARTITION by INGESTION TIME",
      "partitioning.type": "DAY",
      "auto.update.schemas": "ADD NEW FIELDS",
      "use.integer.for.int8.int16": "true",
      "commit.interval": "120",
    },
    sensitive: { keyfile: "{}" },
  });
});

it("Azure gets files that lie as those of the lake do", () => {
  expect(blob.config).toEqual({
    nonsensitive: {
      ...common,
      ...position,
      "connector.class": "AzureBlobSink",
      "azblob.container.name": "shop",
      "topics.dir": "topics",
      "output.data.format": "JSON",
      "partitioner.class": "TimeBasedPartitioner",
      "time.interval": "HOURLY",
      "path.format": "'dt'=YYYY-MM-dd/'hour'=HH",
      timezone: "UTC",
      locale: "en",
      "flush.size": "5000",
      "rotate.schedule.interval.ms": "900000",
      "behavior.on.null.values": "ignore",
    },
    sensitive: { "azblob.account.name": "shopfiles", "azblob.account.key": "hush" },
  });
});

it("an API gets each row as an object", () => {
  expect(httpOf({}).config).toEqual({
    nonsensitive: {
      ...common,
      "connector.class": "HttpSinkV2",
      "http.api.base.url": "https://api.example.com/v1",
      "auth.type": "NONE",
      "behavior.on.error": "FAIL",
      "apis.num": "1",
      "api1.http.api.path": "/${topic}",
      "api1.http.request.method": "POST",
      "api1.topics": "ORDERS_ENRICHED,mssql.dbo.ORDERS",
      "api1.request.body.format": "JSON",
      "api1.max.batch.size": "1",
      "api1.batch.json.as.array": "false",
      "api1.behavior.on.null.values": "IGNORE",
      "api1.retry.on.status.codes": "408,429,500-",
      "api1.report.only.status.code.to.success.topic": "true",
    },
    sensitive: {},
  });
});

it.each<[Parameters<typeof httpOf>[0], Record<string, string>, Record<string, string>]>([
  [{ batch: 100 }, { "api1.max.batch.size": "100", "api1.batch.json.as.array": "true" }, {}],
  [
    { auth: "basic", user: "me", password: "hush" },
    { "auth.type": "BASIC", "connection.user": "me" },
    { "connection.password": "hush" },
  ],
  [{ auth: "bearer", token: "hush" }, { "auth.type": "BEARER" }, { "bearer.token": "hush" }],
  [
    { auth: "apiKey", apiKey: "hush" },
    { "auth.type": "API_KEY", "api.key.name": "X-API-KEY" },
    { "api.key.value": "hush" },
  ],
])("an API that wants %j is told so", (changes, clear, hidden) => {
  const { config } = httpOf(changes);
  expect(config.nonsensitive).toMatchObject(clear);
  expect(config.sensitive).toEqual(hidden);
});

const all: readonly (readonly [string, { readonly sink: ManagedTargetSink; readonly config: typeof big.config }])[] = [
  ["BigQuery", big],
  ["Azure", blob],
  ["an API without a login", httpOf({})],
  ["an API with a password", httpOf({ auth: "basic", user: "me", password: "hush" })],
  ["an API with a token", httpOf({ auth: "bearer", token: "hush" })],
  ["an API with a key", httpOf({ auth: "apiKey", apiKey: "hush" })],
];

it.each(all)("%s: nothing that Confluent's template lacks, all that it wants, legal, no secret in clear", (_, one) => {
  const { sink, config } = one;
  const { properties, required, legal, secrets } = sink.sink;
  const given = { ...config.nonsensitive, ...config.sensitive };
  const own = Object.keys(given).filter((key) => !/^transforms(\.|$)/.test(key));
  expect(own.filter((key) => !properties.includes(key))).toEqual([]);
  expect(required.filter((key) => (given[key] ?? "") === "")).toEqual([]);
  expect(Object.entries(given).filter(([key, value]) => legal[key]?.includes(value) === false)).toEqual([]);
  expect(Object.keys(config.nonsensitive).filter((key) => secrets.includes(key))).toEqual([]);
  expect(Object.keys(config.sensitive).filter((key) => !secrets.includes(key))).toEqual([]);
  expect(Object.keys(config.nonsensitive)).toEqual(Object.keys(config.nonsensitive).toSorted());
});
