import { managedSinkClasses } from "../connect/managedSinkClasses.ts";
import { recordTransform } from "../connect/recordTransform.ts";
import { nameIn } from "../names.ts";
import { connectorKeys, readManagedConnector, type ConnectorConfig } from "./connectorKeys.ts";
import type { Place, TargetContext, TargetKind, TargetReader } from "./targetKind.ts";

interface BigQueryConfig extends ConnectorConfig {
  readonly project: string;
  readonly dataset: string;
  /** A region of Google's, `US` or `EU`. Empty: nothing says it. */
  readonly location: string;
  readonly ingestion: Ingestion;
  /** JSON in one line. A secret. */
  readonly accountKey: string;
}

/** By our word for it, Confluent's. */
const ingestions = { streaming: "STREAMING", batch: "BATCH LOADING" } as const;
type Ingestion = keyof typeof ingestions;
const ingestionWords = Object.keys(ingestions) as Ingestion[];

const sink = managedSinkClasses.bigQuery;

/** The same whatever the topics. */
const rendered: Readonly<Record<string, string>> = {
  "authentication.method": "Google cloud service account",
  // Everything that a topic has had, a row a record: the last one of a key goes by the columns that are added.
  "auto.create.tables": "PARTITION by INGESTION TIME",
  "partitioning.type": "DAY",
  "auto.update.schemas": "ADD NEW FIELDS",
  // By default a number of 16 bits becomes text.
  "use.integer.for.int8.int16": "true",
  ...recordTransform,
};

const rules = {
  sink,
  own: [...Object.keys(rendered), "project", "datasets", "ingestion.mode", "topic2table.map", "sanitize.topics"],
  adjustable: ["partitioning.type"],
};

/** Tables of a dataset that is there, in BigQuery, which Confluent's connector makes and fills: a row a record. */
export const bigQuery: TargetKind<BigQueryConfig> = {
  title: "BigQuery",
  system: "bigQuery",
  connector: "confluent",
  cost:
    "Confluent bills the connector by its tasks' hours and by volume. Google bills rows by volume as they come in " +
    "(Storage Write API, $0.025 a GB after the first 2 TB a month; batch is free), storage, and queries by what they read " +
    "($6.25 a TB) (2026-06).",
  keys: (target) => ({
    project: {
      type: "string",
      default: "",
      required: true,
      description: "Id of the project in Google Cloud that the dataset is in.",
    },
    dataset: {
      type: "string",
      default: "",
      required: true,
      description: "Name of the dataset, which must be there; the connector makes its tables in it.",
    },
    accountKey: {
      type: "string",
      default: "",
      required: true,
      secret: true,
      description: `Key (JSON) of a service account with the roles BigQuery Data Editor on the dataset and BigQuery Job User: pulumi config set --path --secret ${target.name}.accountKey < FILE`,
    },
    ingestion: {
      type: "string",
      default: "streaming",
      legal: ingestionWords,
      description:
        "streaming: rows are there at once. batch: each minute or later (commit.interval in settings), and cheaper.",
    },
    location: {
      type: "string",
      default: "",
      description:
        "Where the dataset is, e.g. europe-west1 or EU: only to warn about the price of transfer. Empty: not known.",
    },
    ...connectorKeys(target, "Confluent's BigQueryStorageSink"),
  }),
  read: (reader, target, { isOn }) => {
    const { name } = target;
    const config: BigQueryConfig = {
      project: reader.string(`${name}.project`, isOn),
      dataset: reader.string(`${name}.dataset`, isOn),
      location: reader.string(`${name}.location`),
      ingestion: reader.oneOf(`${name}.ingestion`, ingestionWords),
      accountKey: accountKey(reader, `${name}.accountKey`, isOn),
      ...readManagedConnector(reader, target, rules),
    };
    check(reader, name, config);
    return config;
  },
  checkTogether: (reader, configured) => {
    configured.forEach(({ target, config }, index) => {
      const twin = configured
        .slice(0, index)
        .find((other) => other.config.project === config.project && other.config.dataset === config.dataset);
      if (twin !== undefined && config.dataset !== "") {
        reader.mistake(
          `${target.name}.dataset`,
          `${config.dataset} is ${twin.target.name}'s too, and both would fill the same tables. Write another one.`,
        );
      }
    });
  },
  place: ({ location }, { kafka }): Place => ({
    cloud: "GCP",
    region: regionOf(location, kafka),
    elsewhere:
      "Confluent's connector reaches BigQuery in the cluster's own cloud and region only: ask Confluent's support to open the way first.",
  }),
  managedSink: ({ project, dataset, ingestion, accountKey: keyfile, paused, settings: extra }, topics) => ({
    sink,
    paused,
    settings: {
      ...rendered,
      project,
      datasets: dataset,
      "ingestion.mode": ingestions[ingestion],
      "topic2table.map": topics.map((taken) => `${taken.topic}:${nameIn("bigQuery", taken.dataset.name)}`).join(","),
    },
    secrets: { keyfile },
    extra,
  }),
};

/** `US` and `EU` are any of several regions, so that Kafka in one of those is not elsewhere. */
function regionOf(location: string, { region }: TargetContext["kafka"]): string | undefined {
  const isWithin =
    (location.toUpperCase() === "US" && region.startsWith("us-")) ||
    (location.toUpperCase() === "EU" && region.startsWith("europe-"));
  return isWithin ? region : location === "" ? undefined : location;
}

function check(reader: TargetReader, name: string, { project, dataset, location }: BigQueryConfig): void {
  if (project !== "" && !/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project)) {
    reader.mistake(`${name}.project`, `"${project}" is not the id of a project. Write one, e.g. shop-123456.`);
  }
  if (dataset !== "" && !/^\w{1,1024}$/.test(dataset)) {
    reader.mistake(
      `${name}.dataset`,
      `"${dataset}" is not the name of a dataset, which has letters, digits and _. Write it without its project.`,
    );
  }
  if (location !== "" && !/^(US|EU|[a-z]+-[a-z]+\d+)$/i.test(location)) {
    reader.mistake(`${name}.location`, `"${location}" is not a location. Write one, e.g. europe-west1, US or EU.`);
  }
}

/** In one line, as the connector takes it. */
function accountKey(reader: TargetReader, key: string, isNeeded: boolean): string {
  const text = reader.string(key, isNeeded);
  if (text === "" || reader.isStandIn(key)) {
    return text;
  }
  const parsed = parsedKey(text);
  if (parsed === undefined) {
    reader.mistake(
      key,
      "it is not the key of a service account. Give the whole JSON file that Google Cloud made: pulumi config set --path --secret " +
        `${key} < FILE`,
    );
  }
  return parsed === undefined ? text : JSON.stringify(parsed);
}

function parsedKey(text: string): object | undefined {
  try {
    const key = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    const isKey = key?.type === "service_account" && typeof key.private_key === "string";
    return isKey ? key : undefined;
  } catch {
    return undefined;
  }
}
