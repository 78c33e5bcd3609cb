import { readBy, type Graph, type Target } from "../graph.ts";
import { nameIn } from "../names.ts";
import { readManagedConnector, type ConnectorConfig } from "../targets/connectorKeys.ts";
import type { Configured, TargetContext, TargetReader } from "../targets/targetKind.ts";
import { either } from "../words.ts";
import { lakeFormats } from "./configKeys.ts";
import { bucketMistake, databaseMistake, defaultDatabase } from "./names.ts";
import { leastMinutes, leastRows, sinkRules, type Rotation } from "./sink.ts";
import { historyName } from "./table.ts";
import { tableflowMistake } from "./tableflow.ts";

/** Someone in IAM who may ask questions. */
export interface LakeReader {
  readonly kind: "role" | "user" | "group";
  readonly name: string;
}

/** A lake: where its files are, how they come there, and who may read them. */
export interface LakeConfig extends ConnectorConfig {
  readonly format: (typeof lakeFormats)[number];
  /** First day with rows, `2026-11-26`; empty for iceberg, where nothing asks for it. */
  readonly since: string;
  readonly region: string;
  /** Empty: its name is made from the account's number. */
  readonly bucket: string;
  readonly folder: string;
  readonly database: string;
  /** Column of the topics by whose time rows are filed; `undefined`: the record's. */
  readonly timeField: string | undefined;
  readonly rotation: Rotation;
  /** Days; 0: for ever. */
  readonly keepDays: number;
  readonly kmsKey: string | undefined;
  /** Bytes. */
  readonly scanLimit: number;
  readonly readers: readonly LakeReader[];
}

/** Days for which a demo keeps files. */
const demoDays = 7;

export function readLake(reader: TargetReader, target: Target, context: TargetContext): LakeConfig {
  const { name } = target;
  const key = (part: string) => `${name}.${part}`;
  const format = reader.oneOf(key("format"), lakeFormats);
  const region = reader.string(key("region"));
  const keepDays = reader.integer(key("keepDays"));
  const database = reader.string(key("database"));
  const config: LakeConfig = {
    format,
    since: sinceOf(reader, key("since"), context.isOn && format === "parquet"),
    region: region === "" ? context.kafka.region : region,
    bucket: reader.string(key("bucket")),
    folder: reader.string(key("folder")),
    database: database === "" ? defaultDatabase(context.project, context.stack) : database,
    timeField: reader.string(key("timeField")) || undefined,
    rotation: { rows: reader.integer(key("rowsPerFile")), minutes: reader.integer(key("minutesPerFile")) },
    keepDays: keepDays === 0 && context.ephemeral && format === "parquet" ? demoDays : keepDays,
    kmsKey: reader.string(key("kmsKey")) || undefined,
    scanLimit: reader.integer(key("scanLimitMb")) * 1_048_576,
    readers: readersOf(reader, key("readers")),
    ...readManagedConnector(reader, target, sinkRules),
  };
  checkPlace(reader, name, config, context);
  checkNames(reader, name, config);
  checkFigures(reader, name, config, context);
  checkTables(reader, target, context.declared);
  return config;
}

/** YAML takes a day without quotes for a time, and the engine hands over midnight, in Go's words or as JSON has it. */
function sinceOf(reader: TargetReader, key: string, isNeeded: boolean): string {
  const given = reader.string(key, isNeeded).replace(/(T00:00:00Z| 00:00:00 \+0000 UTC)$/, "");
  if (given !== "" && (!/^\d{4}-\d\d-\d\d$/.test(given) || !isDay(given))) {
    reader.mistake(key, `"${given}" is not a day. Write one, e.g. 2026-11-26.`);
  }
  return given;
}

function isDay(text: string): boolean {
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text); // 2026-02-30 becomes a day of March
}

function checkPlace(
  reader: TargetReader,
  name: string,
  { format, region }: LakeConfig,
  { isOn, kafka }: TargetContext,
): void {
  const given = reader.raw(`${name}.region`) !== undefined;
  if (given && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    reader.mistake(`${name}.region`, `"${region}" is not a region of AWS. Write one, e.g. us-east-1.`);
  } else if (given && format === "iceberg" && region !== kafka.region) {
    reader.mistake(`${name}.region`, `Tableflow writes to a bucket in Kafka's own region only. Write ${kafka.region}.`);
  }
  const mistake = format === "iceberg" ? tableflowMistake(kafka) : roleMistake(name, kafka.cloud);
  if (isOn && mistake !== undefined && reader.isSound(["kafka.cloud", "kafka.region", "kafka.type"])) {
    reader.mistake(`${name}.format`, mistake);
  }
}

function roleMistake(name: string, cloud: string): string | undefined {
  return cloud === "AWS"
    ? undefined
    : "Confluent's connectors take a role of AWS, which is how this one comes without a key, only where Kafka runs in AWS. " +
        `Write kafka.cloud: AWS, or take ${name} out of targets.`;
}

function checkNames(reader: TargetReader, name: string, { database, bucket, folder, kmsKey }: LakeConfig): void {
  const inDatabase = databaseMistake(database);
  if (inDatabase !== undefined) {
    reader.mistake(`${name}.database`, inDatabase);
  }
  const inBucket = bucket === "" ? undefined : bucketMistake(bucket);
  if (inBucket !== undefined) {
    reader.mistake(`${name}.bucket`, inBucket);
  }
  if (!/^[\w-]+(\/[\w-]+)*$/.test(folder) || /(^|\/)_/.test(folder)) {
    reader.mistake(
      `${name}.folder`,
      `"${folder}" is no folder that Athena reads. Write letters, digits, - and _ with / between folders, none of which begins with _.`,
    );
  }
  if (kmsKey !== undefined && !/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/.test(kmsKey)) {
    reader.mistake(
      `${name}.kmsKey`,
      `"${kmsKey}" is not the ARN of a key. Write it, e.g. arn:aws:kms:us-east-1:111122223333:key/….`,
    );
  }
}

function checkFigures(reader: TargetReader, name: string, config: LakeConfig, { kafka }: TargetContext): void {
  const { rotation, scanLimit, keepDays, format } = config;
  const least = leastRows(kafka.type);
  if (rotation.rows < least) {
    reader.mistake(
      `${name}.rowsPerFile`,
      `${rotation.rows} is less than Confluent takes on a ${kafka.type} cluster. Write ${least} or more.`,
    );
  }
  if (rotation.minutes < leastMinutes) {
    reader.mistake(
      `${name}.minutesPerFile`,
      `${rotation.minutes} is less than Confluent takes. Write ${leastMinutes} or more.`,
    );
  }
  // Athena's least limit (CreateWorkGroup).
  if (scanLimit < 10 * 1_048_576) {
    reader.mistake(`${name}.scanLimitMb`, `${scanLimit / 1_048_576} is less than Athena takes. Write 10 or more.`);
  }
  if (keepDays < 0) {
    reader.mistake(`${name}.keepDays`, `${keepDays} is too little. Write a number of days, or 0 for never.`);
  } else if (keepDays > 0 && format === "iceberg") {
    reader.mistake(`${name}.keepDays`, "an Iceberg table would lose files that it still knows. Write 0, or parquet.");
  }
}

/** Each dataset has a table and a view; Glue keeps both in one list, in lower case. */
function checkTables(reader: TargetReader, target: Target, declared: Graph): void {
  const taken = readBy(declared, target);
  for (const { name } of taken) {
    const namesake = taken.find((other) => nameIn("glue", other.name) === historyName(name));
    if (namesake !== undefined) {
      reader.mistake(
        target.name,
        `the table with every record of ${name} would be ${historyName(name)}, as ${namesake.name} is called. Give one of them another name in pipeline.ts.`,
      );
    }
    if (historyName(name).length > 255) {
      reader.mistake(
        target.name,
        `the table with every record of ${name} would have a name of ${historyName(name).length} characters, and Glue takes 255. Give it a shorter one in pipeline.ts.`,
      );
    }
  }
}

function readersOf(reader: TargetReader, key: string): LakeReader[] {
  const given = reader.list(key);
  const parsed = given.map((text) =>
    /^(?:arn:aws:iam::\d{12}:)?(role|user|group)\/(?:[\w+=,.@-]+\/)*([\w+=,.@-]+)$/.exec(text),
  );
  const strange = given.filter((_, index) => parsed[index] == null);
  if (strange.length > 0) {
    reader.mistake(
      key,
      `${either(strange.map((text) => `"${text}"`))} is nobody in IAM. Write role/NAME, user/NAME or group/NAME.`,
    );
  }
  return parsed.flatMap((match) =>
    match == null ? [] : [{ kind: match[1] as LakeReader["kind"], name: match[2] ?? "" }],
  );
}

/** Two lakes in one database would have the same tables, and in one bucket the same files. */
export function checkLakes(reader: TargetReader, lakes: readonly Configured<LakeConfig>[]): void {
  lakes.forEach(({ target, config }, index) => {
    for (const twin of lakes.slice(0, index)) {
      const isSameRegion = twin.config.region === config.region;
      if (isSameRegion && twin.config.database === config.database) {
        reader.mistake(
          `${target.name}.database`,
          `${config.database} is ${twin.target.name}'s too, in the same region. Write another name.`,
        );
      }
      if (config.bucket !== "" && twin.config.bucket === config.bucket) {
        reader.mistake(`${target.name}.bucket`, `${config.bucket} is ${twin.target.name}'s too. Write another name.`);
      }
    }
  });
}
