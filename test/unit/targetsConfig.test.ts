import { readFileSync } from "node:fs";
import type { ConfigInput } from "../../config.ts";
import { int32 } from "../../model/columnTypes.ts";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { targetKinds, targetsOfKind } from "../../model/targets/registry.ts";
import { pipeline } from "../../pipeline.ts";
import { configOf, environmentOf, mistakesIn, type Config } from "./configs.ts";

const targets = ["bigquery", "azureblob", "http"] as const;
type Target = (typeof targets)[number];

const encrypted: Partial<ConfigInput> = {
  secretKeys: new Set(["mssql", "mysql", ...targets].map((group) => `pipeline:${group}`)),
};
const accountKey = JSON.stringify({ type: "service_account", private_key: "hush-hush" });
const azureKey = `${"A".repeat(86)}==`;

/** What each needs. */
const needed: Readonly<Record<Target, Record<string, unknown>>> = {
  bigquery: { project: "shop-123456", dataset: "shop", accountKey },
  azureblob: { account: "shopfiles", container: "shop", accountKey: azureKey },
  http: { url: "https://api.example.com/v1" },
};

/** A stack that has the target on besides what is on anyway, with some of its keys changed. */
function configWith(target: Target, changes: Record<string, unknown>, more = ""): Config {
  const config = configOf(more);
  const group = Object.fromEntries(
    Object.entries({ ...needed[target], ...changes }).filter(([, value]) => value !== undefined),
  );
  return { ...config, targets: ["snowflake", "lake", target], [target]: group };
}

const mistakesOf = (target: Target, changes: Record<string, unknown>) =>
  mistakesIn(configWith(target, changes), encrypted);
const warningsOf = (config: Config) =>
  environmentOf(config, encrypted).warnings.filter((warning) => warning.startsWith("target "));

it.each(targets)("%s needs no more than this", (target) => {
  expect(mistakesOf(target, {})).toEqual([]);
});

it.each<[Target, Record<string, unknown>, string]>([
  [
    "bigquery",
    { project: undefined },
    "bigquery.project: it is missing. Set it: pulumi config set --path bigquery.project …",
  ],
  [
    "bigquery",
    { accountKey: undefined },
    "bigquery.accountKey: it is missing. Set it: pulumi config set --path --secret bigquery.accountKey < FILE",
  ],
  [
    "bigquery",
    { accountKey: '{"type":"authorized_user"}' },
    "bigquery.accountKey: it is not the key of a service account. Give the whole JSON file that Google Cloud made: pulumi config set --path --secret bigquery.accountKey < FILE",
  ],
  [
    "bigquery",
    { project: "Shop" },
    'bigquery.project: "Shop" is not the id of a project. Write one, e.g. shop-123456.',
  ],
  [
    "bigquery",
    { dataset: "shop-123456.shop" },
    'bigquery.dataset: "shop-123456.shop" is not the name of a dataset, which has letters, digits and _. Write it without its project.',
  ],
  [
    "bigquery",
    { location: "Frankfurt" },
    'bigquery.location: "Frankfurt" is not a location. Write one, e.g. europe-west1, US or EU.',
  ],
  [
    "bigquery",
    { ingestion: "upsert" },
    'bigquery.ingestion: "upsert" is not one of streaming or batch. Write one of them; the default is streaming.',
  ],
  [
    "bigquery",
    { settings: { "auto.create.tables": "DISABLED" } },
    "bigquery.settings: auto.create.tables: the pipeline sets it itself. Take it out.",
  ],
  [
    "bigquery",
    { settings: { keyfile: "{}" } },
    "bigquery.settings: keyfile: it is a secret, and settings are none. Take it out.",
  ],
  [
    "bigquery",
    { settings: { "commit.intervall": 60 } },
    "bigquery.settings: commit.intervall: BigQueryStorageSink has no such setting and would not look at it. Write commit.interval, or take it out.",
  ],
  [
    "bigquery",
    { settings: { "partitioning.type": "WEEK" } },
    "bigquery.settings: partitioning.type: it is not WEEK. Write DAY or HOUR or MONTH or YEAR.",
  ],
  [
    "azureblob",
    { account: "shopfiles.blob.core.windows.net" },
    'azureblob.account: "shopfiles.blob.core.windows.net" is not the name of a storage account, which has 3 to 24 lower-case letters and digits. Write it without its address.',
  ],
  [
    "azureblob",
    { accountKey: "hush" },
    "azureblob.accountKey: it is not an access key, which has 88 characters and ends with ==. Give one of the account's two.",
  ],
  [
    "azureblob",
    { container: "Shop--1" },
    'azureblob.container: "Shop--1" is not the name of a container, which has 3 to 63 lower-case letters, digits and single "-". Write it without its address.',
  ],
  [
    "azureblob",
    { folder: "/topics/" },
    'azureblob.folder: "/topics/" is not a folder. Write letters, digits, _, ., - and / between them.',
  ],
  [
    "azureblob",
    { region: "West Europe" },
    'azureblob.region: "West Europe" is not a region as Azure spells them. Write one, e.g. westeurope.',
  ],
  [
    "azureblob",
    { rows: 10 },
    "azureblob.rows: 10 is less than Confluent takes on a basic cluster. Write 1000 or more.",
  ],
  ["azureblob", { minutes: 1 }, "azureblob.minutes: 1 is less than Confluent takes. Write 10 or more."],
  [
    "azureblob",
    { format: "PARQUET" },
    'azureblob.format: "PARQUET" is not one of AVRO or JSON. Write one of them; the default is AVRO.',
  ],
  [
    "azureblob",
    { settings: { transforms: "mine" } },
    "azureblob.settings: transforms: the pipeline sets it itself. Take it out.",
  ],
  [
    "http",
    { url: "http://api.example.com" },
    'http.url: "http://api.example.com" is not an address over TLS, and rows would be read on the way. Write one, e.g. https://api.example.com.',
  ],
  [
    "http",
    { url: "https://me:pw@api.example.com" },
    "http.url: it holds a login, which would be read by all. Take it out, and write http.auth: basic.",
  ],
  [
    "http",
    { url: "https://api.example.com/" },
    'http.url: "https://api.example.com/" ends with /, and the path begins with one. Take it out.',
  ],
  ["http", { path: "orders" }, 'http.path: "orders" does not begin with /. Write /orders.'],
  ["http", { batch: 0 }, "http.batch: 0 is out of range. Write 1 to 1000."],
  [
    "http",
    { batch: 10, path: "/${topic}/${key}" },
    "http.batch: it is 10, and rows of one request have no one key. Write 1, or take ${key} out of http.path.",
  ],
  ["http", { auth: "bearer" }, "http.token: it is missing, and http.auth is bearer. Set it, or write another auth."],
  [
    "http",
    { token: "hush" },
    "http.token: it has no use, since http.auth is none. Take it out, or write another auth.",
  ],
  [
    "http",
    { settings: { "api2.http.api.path": "/x" } },
    "http.settings: api2.http.api.path: the pipeline sets it itself. Take it out.",
  ],
  [
    "http",
    { settings: { "transforms.mine.type": "x" } },
    "http.settings: transforms.mine.type: rows go as they are in their topics, and sql/ksqldb/ is where they change. Take it out.",
  ],
])("%s: %j", (target, changes, mistake) => {
  expect(mistakesOf(target, changes)).toEqual([mistake]);
});

it("a secret in clear is told without being shown", () => {
  expect(mistakesIn(configWith("http", { auth: "bearer", token: "hush-hush" }), {})).toEqual([
    "http.token: it stands in clear. Change the token, then: pulumi config set --path --secret http.token …",
  ]);
  const [mistake = ""] = mistakesOf("bigquery", { accountKey: "hush-hush" });
  expect(mistake).not.toContain("hush");
});

it("of a target that is off nothing may be missing, but what is given must be right", () => {
  expect(mistakesIn({ ...configOf(""), http: { method: "PUT" } }, encrypted)).toEqual([]);
  expect(mistakesIn({ ...configOf(""), http: { batch: -1 } }, encrypted)).toEqual([
    "http.batch: -1 is out of range. Write 1 to 1000.",
  ]);
});

it("what of a topic a target cannot take is told where that is declared", () => {
  const lines = { kind: "facts", key: ["order_id", "line"], columns: { order_id: int32, line: int32 } } as const;
  const { mssql } = pipeline.sources;
  const declared = {
    ...pipeline,
    sources: { ...pipeline.sources, mssql: { ...mssql, tables: { ...mssql?.tables, "dbo.LINES": lines } } },
    targets: { ...pipeline.targets, http: { kind: "http", reads: ["ORDERS", "LINES"], onByDefault: false } },
  } as PipelineDeclaration;
  expect(mistakesIn(configWith("http", { path: "/${key}" }), { ...encrypted, pipeline: declared })).toEqual([
    "pipeline.ts: target http: LINES: its key has several columns, and ${key} in the path stands for one. Take ${key} out of the path, or the table out of the target's reads.",
  ]);
});

describe("two of a kind", () => {
  const copy = (kind: Target, declared: "bigQuery" | "azureBlob") => ({
    pipeline: { ...pipeline, targets: { ...pipeline.targets, copy: { kind: declared, onByDefault: false } } },
    ...encrypted,
    secretKeys: new Set([...(encrypted.secretKeys ?? []), "pipeline:copy"]),
    config: { ...configWith(kind, {}), targets: ["snowflake", "lake", kind, "copy"], copy: needed[kind] },
  });

  it("must not fill the same tables", () => {
    const { config, ...changed } = copy("bigquery", "bigQuery");
    expect(mistakesIn(config, changed)).toEqual([
      "copy.dataset: shop is bigquery's too, and both would fill the same tables. Write another one.",
    ]);
    const other = { ...config, copy: { ...needed.bigquery, dataset: "copy" } };
    const found = targetsOfKind(environmentOf(other, changed).targets, "bigQuery");
    expect(found.map(({ target, config: { dataset } }) => [target.name, dataset])).toEqual([
      ["bigquery", "shop"],
      ["copy", "copy"],
    ]);
  });

  it("must not write the same files", () => {
    const { config, ...changed } = copy("azureblob", "azureBlob");
    expect(mistakesIn(config, changed)).toEqual([
      "copy.folder: topics is azureblob's too, in the same container, and each would write over the other's files. Write another one.",
    ]);
  });
});

describe("where rows come to rest", () => {
  it.each<[string, Config, string[]]>([
    [
      "another cloud",
      configWith("azureblob", { region: "westeurope" }),
      [
        "target azureblob: its rows go from AWS us-east-1, where Kafka runs, to Azure westeurope: about $0.09 for each GB (list price of 2026-06), on the bill of whoever runs the connector.",
      ],
    ],
    [
      "another cloud, with what has to be done first",
      configWith("bigquery", {}),
      [
        "target bigquery: its rows go from AWS us-east-1, where Kafka runs, to Google Cloud: about $0.09 for each GB (list price of 2026-06), on the bill of whoever runs the connector. Confluent's connector reaches BigQuery in the cluster's own cloud and region only: ask Confluent's support to open the way first.",
      ],
    ],
    [
      "another region",
      configOf("snowflake: { region: AWS_EU_WEST_1 }"),
      [
        "target snowflake: its rows go from AWS us-east-1, where Kafka runs, to AWS eu-west-1: about $0.02 for each GB (list price of 2026-06), on the bill of whoever runs the connector.",
      ],
    ],
    ["the same region", configOf("snowflake: { region: PUBLIC.AWS_US_EAST_1 }"), []],
    ["nobody knows where", configWith("http", {}), []],
    [
      "a place of several regions, one of which is Kafka's",
      {
        ...configWith(
          "bigquery",
          { location: "EU" },
          "{ kafka: { cloud: GCP, region: europe-west4 }, aws: { region: us-east-1 } }",
        ),
        targets: ["bigquery"],
      },
      [],
    ],
  ])("%s", (_, config, warnings) => {
    expect(warningsOf(config)).toEqual(warnings);
  });

  it("must be a region as Snowflake names it", () => {
    expect(mistakesIn(configOf("snowflake: { region: us-east-1 }"))).toEqual([
      'snowflake.region: "us-east-1" is not a region as Snowflake names them. Write what SELECT CURRENT_REGION() says, e.g. AWS_US_EAST_1.',
    ]);
  });
});

it("a connector that only our own image has is refused where Confluent runs the connectors", () => {
  const managed = { ...configOf("mssql: { tls: trust }"), connect: { placement: "managed" } };
  const found = mistakesIn({ ...managed, targets: ["snowflake", "lake", "jdbc"] }, encrypted);
  expect(found).toContain(
    "targets: jdbc needs workers of your own, and connect.placement is managed. Write connect.placement: ec2 or onPremises, or take jdbc out.",
  );
});

it("what each kind costs is what docs/targets.md says", () => {
  const said = [...readFileSync("docs/targets.md", "utf8").matchAll(/^- `(\w+)`: (.*)$/gm)];
  expect(Object.fromEntries(said.map(([, kind, cost]) => [kind, cost]))).toEqual(
    Object.fromEntries(Object.entries(targetKinds).map(([name, { cost }]) => [name, cost])),
  );
});

it("a kind that there is not is told with the nearest one", () => {
  const declared = { ...pipeline, targets: { lake: { kind: "Lakes" } } };
  expect(() => mistakesIn(configOf(""), { pipeline: declared })).toThrow(
    'pipeline.ts: there is no kind of target "Lakes". Write lake.',
  );
});
