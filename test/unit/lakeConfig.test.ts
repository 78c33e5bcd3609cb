import { int32 } from "../../model/columnTypes.ts";
import type { LakeConfig } from "../../model/lake/config.ts";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { targetsOfKind } from "../../model/targets/registry.ts";
import { pipeline } from "../../pipeline.ts";
import { configOf, environmentOf, mistakesOf } from "./configs.ts";

function lakeOf(text: string): LakeConfig {
  const { targets } = environmentOf(configOf(text));
  const [lake] = targetsOfKind(targets, "lake");
  if (lake === undefined) {
    throw new Error("there is no lake");
  }
  return lake.config;
}

it("has defaults for all but its first day", () => {
  expect(lakeOf("")).toEqual({
    format: "parquet",
    since: "2026-11-01",
    region: "us-east-1",
    bucket: "",
    folder: "topics",
    database: "pipeline_dev",
    timeField: undefined,
    rotation: { rows: 100_000, minutes: 10 },
    keepDays: 0,
    kmsKey: undefined,
    scanLimit: 1_073_741_824,
    readers: [],
    paused: false,
    settings: {},
  });
});

it("may set every key", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/0123-ab";
  expect(
    lakeOf(`
      kafka: { region: eu-west-1, type: dedicated }
      lake:
        format: parquet
        since: 2026-02-28T00:00:00Z
        region: eu-central-1
        bucket: my-lake
        folder: data/topics-2
        database: shop
        rowsPerFile: 1
        minutesPerFile: 60
        keepDays: 400
        kmsKey: ${key}
        scanLimitMb: 10
        readers: [role/Analysts, "group/finance", "arn:aws:iam::111122223333:user/people/ann@example.com"]
        paused: true
        settings: { s3.part.size: 26214400 }
    `),
  ).toEqual({
    format: "parquet",
    since: "2026-02-28",
    region: "eu-central-1",
    bucket: "my-lake",
    folder: "data/topics-2",
    database: "shop",
    timeField: undefined,
    rotation: { rows: 1, minutes: 60 },
    keepDays: 400,
    kmsKey: key,
    scanLimit: 10_485_760,
    readers: [
      { kind: "role", name: "Analysts" },
      { kind: "group", name: "finance" },
      { kind: "user", name: "ann@example.com" },
    ],
    paused: true,
    settings: { "s3.part.size": "26214400" },
  });
});

it("keeps files of a demo for a week, if nothing else is said, and those of Iceberg tables always", () => {
  expect(lakeOf("{ ephemeral: true, kafka: { type: standard }, lake: { format: iceberg } }").keepDays).toBe(0);
  expect([lakeOf("ephemeral: true").keepDays, lakeOf("{ ephemeral: true, lake: { keepDays: 30 } }").keepDays]).toEqual([
    7, 30,
  ]);
});

it.each([
  ["lake: { since: '' }", "lake.since: it is missing. Set it: pulumi config set --path lake.since …"],
  ["lake: { since: yesterday }", 'lake.since: "yesterday" is not a day. Write one, e.g. 2026-11-26.'],
  ["lake: { since: '2026-02-30' }", 'lake.since: "2026-02-30" is not a day. Write one, e.g. 2026-11-26.'],
  [
    "lake: { format: orc }",
    'lake.format: "orc" is not one of parquet or iceberg. Write one of them; the default is parquet.',
  ],
  ["lake: { region: Ireland }", 'lake.region: "Ireland" is not a region of AWS. Write one, e.g. us-east-1.'],
  [
    "lake: { bucket: My_Lake }",
    'lake.bucket: "My_Lake" is no name for a bucket. Write lower-case letters, digits and -, a letter or digit at both ends.',
  ],
  ["lake: { bucket: ab }", 'lake.bucket: "ab" has 2 characters, and S3 takes 3 to 63. Write another name.'],
  [
    "lake: { bucket: xn--lake }",
    'lake.bucket: "xn--lake" is no name for a bucket. Write lower-case letters, digits and -, a letter or digit at both ends.',
  ],
  [
    "lake: { folder: _topics }",
    'lake.folder: "_topics" is no folder that Athena reads. Write letters, digits, - and _ with / between folders, none of which begins with _.',
  ],
  [
    "lake: { folder: a//b }",
    'lake.folder: "a//b" is no folder that Athena reads. Write letters, digits, - and _ with / between folders, none of which begins with _.',
  ],
  ["lake: { database: Shop }", "lake.database: Glue keeps names in lower case. Write shop."],
  ["lake: { database: shop-dev }", 'lake.database: Glue takes only letters, digits and _, not "-". Write shop_dev.'],
  [
    "lake: { rowsPerFile: 999 }",
    "lake.rowsPerFile: 999 is less than Confluent takes on a basic cluster. Write 1000 or more.",
  ],
  [
    "{ kafka: { type: dedicated }, lake: { rowsPerFile: 0 } }",
    "lake.rowsPerFile: 0 is less than Confluent takes on a dedicated cluster. Write 1 or more.",
  ],
  ["lake: { minutesPerFile: 9 }", "lake.minutesPerFile: 9 is less than Confluent takes. Write 10 or more."],
  ["lake: { scanLimitMb: 9 }", "lake.scanLimitMb: 9 is less than Athena takes. Write 10 or more."],
  ["lake: { keepDays: -1 }", "lake.keepDays: -1 is too little. Write a number of days, or 0 for never."],
  [
    "{ kafka: { type: standard }, lake: { format: iceberg, keepDays: 30 } }",
    "lake.keepDays: an Iceberg table would lose files that it still knows. Write 0, or parquet.",
  ],
  [
    "lake: { kmsKey: alias/mine }",
    'lake.kmsKey: "alias/mine" is not the ARN of a key. Write it, e.g. arn:aws:kms:us-east-1:111122223333:key/….',
  ],
  [
    "lake: { readers: [Analysts, role/Good, team/x] }",
    'lake.readers: "Analysts" or "team/x" is nobody in IAM. Write role/NAME, user/NAME or group/NAME.',
  ],
  ["lake: { settings: { path.format: x } }", "lake.settings: path.format: the pipeline sets it itself. Take it out."],
  [
    "kafka: { cloud: GCP, region: us-east1 }",
    "lake.format: Confluent's connectors take a role of AWS, which is how this one comes without a key, only where Kafka runs in AWS. Write kafka.cloud: AWS, or take lake out of targets.",
  ],
  [
    "lake: { format: iceberg }",
    "lake.format: Confluent has no Tableflow on basic clusters. Write parquet, or kafka.type: standard or dedicated.",
  ],
  [
    "{ kafka: { type: standard, cloud: AZURE, region: westeurope }, lake: { format: iceberg } }",
    "lake.format: Tableflow publishes tables to Glue from clusters in AWS only. Write parquet, or kafka.cloud: AWS.",
  ],
  [
    "{ kafka: { type: standard, region: eu-south-2 }, lake: { format: iceberg } }",
    "lake.format: Confluent has no Tableflow in eu-south-2. Write parquet, or move Kafka to one of af-south-1, ap-east-1, ap-northeast-1, ap-northeast-2, ap-south-1, ap-southeast-1, ap-southeast-2, ap-southeast-3, ca-central-1, eu-central-1, eu-north-1, eu-south-1, eu-west-1, eu-west-2, eu-west-3, me-central-1, me-south-1, sa-east-1, us-east-1, us-east-2, us-west-2.",
  ],
  [
    "{ kafka: { type: standard }, lake: { format: iceberg, region: us-west-2 } }",
    "lake.region: Tableflow writes to a bucket in Kafka's own region only. Write us-east-1.",
  ],
])("refuses %s", (text, mistake) => {
  expect(mistakesOf(text)).toContain(mistake);
});

it("needs no first day for Iceberg, nor of a lake that is off", () => {
  const iceberg = "{ kafka: { type: standard }, lake: { format: iceberg, since: '' } }";
  expect([mistakesOf(iceberg), mistakesOf("{ stage: 2, lake: { since: '' } }")]).toEqual([[], []]);
});

it.each(["2026-02-28", '"2026-02-28"', "2026-02-28T00:00:00Z", "2026-02-28 00:00:00 +0000 UTC"])(
  "takes the first day as it is written, or as the engine hands it over: %s",
  (since) => {
    expect(lakeOf(`lake: { since: ${since} }`).since).toBe("2026-02-28");
  },
);

it("may be in several regions, with names of their own where they would be one", () => {
  const two = {
    ...pipeline,
    targets: { ...pipeline.targets, second: { kind: "lake", reads: ["ORDERS_ENRICHED"] } as const },
  };
  const mistakes = (second: string) => mistakesOf(`second: ${second}`, { pipeline: two });
  expect(mistakes("{ since: '2026-11-01', region: eu-west-1 }")).toEqual([]);
  expect(mistakes("{ since: '2026-11-01', database: other }")).toEqual([]);
  expect(mistakes("{ since: '2026-11-01' }")).toEqual([
    "second.database: pipeline_dev is lake's too, in the same region. Write another name.",
  ]);
  expect(
    mistakesOf("{ lake: { bucket: one }, second: { since: '2026-11-01', region: eu-west-1, bucket: one } }", {
      pipeline: two,
    }),
  ).toEqual(["second.bucket: one is lake's too. Write another name."]);
  expect(mistakesOf("targets: [snowflake, lake]", { pipeline: two })).toEqual([]); // one that is off is in nobody's way
});

it("refuses two names that are one in Glue", () => {
  const tables = { ...pipeline.sources.mssql?.tables };
  const clashing = {
    ...pipeline,
    sources: {
      ...pipeline.sources,
      mssql: {
        kind: "sqlServer",
        database: "demo",
        tables: {
          ...tables,
          "dbo.ORDERS_HISTORY": { kind: "facts", key: "id", columns: { id: int32 } },
        },
      },
    },
    targets: { ...pipeline.targets, lake: { kind: "lake", stage: 3 } },
  } as const satisfies PipelineDeclaration;
  const mistakes = mistakesOf("", { pipeline: clashing });
  expect(mistakes).toContain(
    "lake: the table with every record of ORDERS would be orders_history, as ORDERS_HISTORY is called. Give one of them another name in pipeline.ts.",
  );
});

it("refuses a time to file rows by that a topic does not have", () => {
  const by = (timeField: string) => mistakesOf(`lake: { timeField: ${timeField} }`);
  expect(by("ORDER_TS")).toEqual([
    "pipeline.ts: target lake: ORDERS_ENRICHED: it has no column ORDER_TS, which timeField names. Take it out: rows are then filed by the time when they came to Kafka.",
  ]);
  expect(by("ITEM")).toEqual([
    "pipeline.ts: target lake: ORDERS_ENRICHED: its column ITEM, which timeField names, is text(16777216), and no time. Take it out: rows are then filed by the time when they came to Kafka.",
  ]);
  const ofOrders = {
    ...pipeline,
    targets: { ...pipeline.targets, lake: { kind: "lake", reads: ["ORDERS"], stage: 3 } },
  } as const;
  expect(mistakesOf("lake: { timeField: order_ts }", { pipeline: ofOrders })).toEqual([]);
  expect(mistakesOf("lake: { timeField: order_id }", { pipeline: ofOrders })).toEqual([
    "pipeline.ts: target lake: ORDERS: its column order_id, which timeField names, is int32, and no time. Write order_ts, if every topic of the target has it, or take it out.",
  ]);
});

it("says which topic has no current state in Athena, and which needs quotes there", () => {
  const reading = (reads: readonly string[]) =>
    ({ ...pipeline, targets: { lake: { kind: "lake", reads, stage: 3 }, snowflake: { kind: "snowflake" } } }) as const;
  const warnings = (text: string, reads: readonly string[]) =>
    environmentOf(configOf(text), { pipeline: reading(reads) }).warnings;
  expect(
    warnings("transformations: [ORDERS_ENRICHED, CUSTOMERS_LOYAL]", ["ORDERS_ENRICHED", "CUSTOMERS_LOYAL"]),
  ).toEqual([
    "pipeline.ts: target lake: CUSTOMERS_LOYAL: there is no view of its current state in Athena, only customers_loyal_history: a table of ksqlDB's tells of a deletion by a record without a value, which the sink leaves out. Snowflake, or lake.format: iceberg, has its current state.",
  ]);
  expect(
    warnings("{ kafka: { type: standard }, lake: { format: iceberg } }", ["ORDERS_ENRICHED", "CUSTOMERS"]),
  ).toEqual([
    'pipeline.ts: target lake: CUSTOMERS: Tableflow calls its table like the topic, and Athena takes that in quotes only: "mysql.customers". A result of ksqlDB\'s has a name that needs none.',
  ]);
});
