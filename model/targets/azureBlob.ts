import { managedSinkClasses } from "../connect/managedSinkClasses.ts";
import { recordTransform } from "../connect/recordTransform.ts";
import { pathFormat } from "../lake/layout.ts";
import { leastMinutes, leastRows } from "../lake/sink.ts";
import { connectorKeys, readManagedConnector, type ConnectorConfig } from "./connectorKeys.ts";
import type { TargetContext, TargetKind, TargetReader } from "./targetKind.ts";

interface AzureBlobConfig extends ConnectorConfig {
  readonly account: string;
  /** Of the storage account. A secret. */
  readonly accountKey: string;
  readonly container: string;
  readonly folder: string;
  readonly format: Format;
  /** A file has at most so many rows of a partition. */
  readonly rows: number;
  /** A file is there at most so many minutes after its first row. */
  readonly minutes: number;
  /** In Azure's spelling. Empty: nothing says it. */
  readonly region: string;
}

const formats = ["AVRO", "JSON"] as const;
type Format = (typeof formats)[number];

const sink = managedSinkClasses.azureBlob;

/** The same whatever the target: files lie as those of the lake do. */
const rendered: Readonly<Record<string, string>> = {
  "partitioner.class": "TimeBasedPartitioner",
  "time.interval": "HOURLY",
  "path.format": pathFormat,
  timezone: "UTC",
  locale: "en",
  // A tombstone has no row that could be written.
  "behavior.on.null.values": "ignore",
  ...recordTransform,
};

const rules = {
  sink,
  own: [
    ...Object.keys(rendered),
    "azblob.account.name",
    "azblob.container.name",
    "topics.dir",
    "output.data.format",
    "flush.size",
    "rotate.schedule.interval.ms",
    "partition.field.name",
    "timestamp.field",
  ],
};

/** Files of rows in a container of Azure Blob Storage, by the hour in which their records came to Kafka. */
export const azureBlob: TargetKind<AzureBlobConfig> = {
  title: "Azure Blob Storage",
  system: undefined,
  connector: "confluent",
  cost:
    "Confluent bills the connector by its tasks' hours and by volume. Azure bills storage ($0.018 a GB a month, hot) and " +
    "writes ($0.05 for 10,000, one or two a file) (2026-06).",
  keys: (target) => ({
    account: { type: "string", default: "", required: true, description: "Name of the storage account." },
    accountKey: {
      type: "string",
      default: "",
      required: true,
      secret: true,
      description: `One of the storage account's two access keys: pulumi config set --path --secret ${target.name}.accountKey`,
    },
    container: {
      type: "string",
      default: "",
      required: true,
      description: "Name of the container, which must be there.",
    },
    folder: {
      type: "string",
      default: "topics",
      description:
        "Folder in the container that files are in: <folder>/<topic>/dt=2026-11-26/hour=09/. Without slashes.",
    },
    format: {
      type: "string",
      default: "AVRO",
      legal: formats,
      description:
        "Format of the files: AVRO, or JSON with one row a line (decimals and dates as Connect writes them).",
    },
    rows: {
      type: "integer",
      default: 100_000,
      description: "Most rows in a file: 1000 or more, on a dedicated cluster 1 or more.",
    },
    minutes: {
      type: "integer",
      default: 10,
      description: `Minutes after which a file is written though it is small: ${String(leastMinutes)} or more.`,
    },
    region: {
      type: "string",
      default: "",
      description:
        "Region of the storage account, e.g. westeurope: only to warn about the price of transfer. Empty: not known.",
    },
    ...connectorKeys(target, "Confluent's AzureBlobSink"),
  }),
  read: (reader, target, context) => {
    const { name } = target;
    const config: AzureBlobConfig = {
      account: reader.string(`${name}.account`, context.isOn),
      accountKey: reader.string(`${name}.accountKey`, context.isOn),
      container: reader.string(`${name}.container`, context.isOn),
      folder: reader.string(`${name}.folder`),
      format: reader.oneOf(`${name}.format`, formats),
      rows: reader.integer(`${name}.rows`),
      minutes: reader.integer(`${name}.minutes`),
      region: reader.string(`${name}.region`),
      ...readManagedConnector(reader, target, rules),
    };
    checkNames(reader, name, config);
    checkFigures(reader, name, config, context);
    return config;
  },
  checkTogether: (reader, configured) => {
    configured.forEach(({ target, config }, index) => {
      const twin = configured
        .slice(0, index)
        .find(({ config: other }) =>
          (["account", "container", "folder"] as const).every((part) => other[part] === config[part]),
        );
      if (twin !== undefined && config.container !== "") {
        reader.mistake(
          `${target.name}.folder`,
          `${config.folder} is ${twin.target.name}'s too, in the same container, and each would write over the other's files. Write another one.`,
        );
      }
    });
  },
  place: ({ region }) => ({ cloud: "AZURE", region: region === "" ? undefined : region }),
  managedSink: ({ account, accountKey, container, folder, format, rows, minutes, paused, settings: extra }) => ({
    sink,
    paused,
    settings: {
      ...rendered,
      "azblob.container.name": container,
      "topics.dir": folder,
      "output.data.format": format,
      "flush.size": String(rows),
      "rotate.schedule.interval.ms": String(minutes * 60_000),
    },
    // The service hides the account's name too.
    secrets: { "azblob.account.name": account, "azblob.account.key": accountKey },
    extra,
  }),
};

function checkNames(
  reader: TargetReader,
  name: string,
  { account, accountKey, container, folder, region }: AzureBlobConfig,
): void {
  if (account !== "" && !/^[a-z0-9]{3,24}$/.test(account)) {
    reader.mistake(
      `${name}.account`,
      `"${account}" is not the name of a storage account, which has 3 to 24 lower-case letters and digits. Write it without its address.`,
    );
  }
  if (container !== "" && !/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(container)) {
    reader.mistake(
      `${name}.container`,
      `"${container}" is not the name of a container, which has 3 to 63 lower-case letters, digits and single "-". Write it without its address.`,
    );
  }
  if (!/^[\w.=-]+(\/[\w.=-]+)*$/.test(folder)) {
    reader.mistake(`${name}.folder`, `"${folder}" is not a folder. Write letters, digits, _, ., - and / between them.`);
  }
  if (region !== "" && !/^[a-z0-9]+$/.test(region)) {
    reader.mistake(`${name}.region`, `"${region}" is not a region as Azure spells them. Write one, e.g. westeurope.`);
  }
  // 64 bytes in Base64.
  const isKey = accountKey === "" || /^[A-Za-z0-9+/]{86}==$/.test(accountKey);
  if (!isKey && !reader.isStandIn(`${name}.accountKey`)) {
    reader.mistake(
      `${name}.accountKey`,
      "it is not an access key, which has 88 characters and ends with ==. Give one of the account's two.",
    );
  }
}

function checkFigures(
  reader: TargetReader,
  name: string,
  { rows, minutes }: AzureBlobConfig,
  { kafka }: TargetContext,
): void {
  const least = leastRows(kafka.type);
  if (rows < least) {
    reader.mistake(
      `${name}.rows`,
      `${String(rows)} is less than Confluent takes on a ${kafka.type} cluster. Write ${String(least)} or more.`,
    );
  }
  if (minutes < leastMinutes) {
    reader.mistake(
      `${name}.minutes`,
      `${String(minutes)} is less than Confluent takes. Write ${String(leastMinutes)} or more.`,
    );
  }
}
