import { addressesMistake } from "../addresses.ts";
import { managedSnowflakeMistakes } from "../connect/managedSnowflakeSink.ts";
import { sinkSettingsMistakes } from "../connect/sinkSettings.ts";
import type { Graph, Target } from "../graph.ts";
import type { Placement } from "../placement.ts";
import { readConnector, type ConnectorConfig } from "../targets/connectorKeys.ts";
import type { Configured, Place, TargetContext, TargetReader } from "../targets/targetKind.ts";
import { all, either, nearest } from "../words.ts";
import { currentStates, warehouseSizes } from "./configKeys.ts";
import { generationName } from "./landing.ts";
import { loaderKeys } from "./loaderKeys.ts";
import { defaultDatabase, identifierMistake } from "./names.ts";
import type { LoaderKeys } from "./rotation.ts";

/** A Snowflake target: where it is, what runs in it, and who loads it. */
export interface SnowflakeConfig extends ConnectorConfig {
  readonly organization: string;
  readonly account: string;
  /** As Snowflake names it, e.g. `AWS_US_EAST_1`. Empty: nothing says it. */
  readonly region: string;
  readonly user: string;
  readonly role: string;
  readonly database: string;
  readonly warehouseSize: (typeof warehouseSizes)[number];
  /** Credits a month; 0: no limit. */
  readonly creditQuota: number;
  readonly currentState: (typeof currentStates)[number];
  /** Seconds, 60 or more. */
  readonly targetLag: number;
  /** By table: the landing tables that there are, of which the last takes rows. Others have the first alone. */
  readonly generations: Readonly<Record<string, readonly number[]>>;
  readonly loaderKeys: LoaderKeys;
  /** IPv4 addresses and ranges; empty: any. */
  readonly allowedIps: readonly string[];
}

/** The configuration of one target. */
export function readSnowflake(
  reader: TargetReader,
  { name }: Target,
  { project, stack, declared, isOn, placement, snowflakeVersion }: TargetContext,
): SnowflakeConfig {
  const database = reader.string(`${name}.database`);
  const config: SnowflakeConfig = {
    organization: reader.string(`${name}.organization`, isOn),
    account: reader.string(`${name}.account`, isOn),
    region: reader.string(`${name}.region`),
    user: reader.string(`${name}.user`),
    role: reader.string(`${name}.role`),
    database: database === "" ? defaultDatabase(project, stack) : database,
    warehouseSize: reader.oneOf(`${name}.warehouseSize`, warehouseSizes),
    creditQuota: reader.integer(`${name}.creditQuota`),
    currentState: reader.oneOf(`${name}.currentState`, currentStates),
    targetLag: reader.integer(`${name}.targetLag`),
    generations: landingGenerations(reader, name, declared),
    loaderKeys: loaderKeys(reader, name, placement),
    allowedIps: reader.list(`${name}.allowedIps`),
    ...readConnector(reader, name, settingsMistakes(reader, name, placement, snowflakeVersion)),
  };
  checkPlace(reader, name, config);
  checkNames(reader, name, config);
  checkFigures(reader, name, config);
  checkAddresses(reader, name, config.allowedIps);
  return config;
}

/** Where the account is: `AWS_US_EAST_1`, before which an older account has its group (`PUBLIC.`). */
const regionName = /^(?:\w+\.)?(AWS|AZURE|GCP)_([A-Z0-9_]+)$/;

/** Where the rows come to rest; `undefined`: nothing says it. */
export function snowflakePlace({ region }: Pick<SnowflakeConfig, "region">): Place | undefined {
  const [, cloud, name = ""] = regionName.exec(region) ?? [];
  return cloud === undefined
    ? undefined
    : { cloud: cloud as Place["cloud"], region: name.toLowerCase().replaceAll("_", cloud === "AZURE" ? "" : "-") };
}

function checkPlace(reader: TargetReader, name: string, { organization, account, region }: SnowflakeConfig): void {
  if (region !== "" && !regionName.test(region)) {
    reader.mistake(
      `${name}.region`,
      `"${region}" is not a region as Snowflake names them. Write what SELECT CURRENT_REGION() says, e.g. AWS_US_EAST_1.`,
    );
  }
  if (organization !== "" && !/^[A-Za-z][A-Za-z0-9]*$/.test(organization)) {
    reader.mistake(
      `${name}.organization`,
      `"${organization}" is not the name of an organization. Write what SELECT CURRENT_ORGANIZATION_NAME() says.`,
    );
  }
  if (account !== "" && !/^[A-Za-z]\w*$/.test(account)) {
    reader.mistake(
      `${name}.account`,
      `"${account}" is not the name of an account${account.includes(".") ? ", but a locator or an address" : ""}. Write what SELECT CURRENT_ACCOUNT_NAME() says.`,
    );
  }
}

/** Roles that may do more than a deployment needs. */
const administrators = ["ACCOUNTADMIN", "ORGADMIN", "GLOBALORGADMIN", "SECURITYADMIN", "SYSADMIN", "USERADMIN"];

function checkNames(reader: TargetReader, name: string, config: SnowflakeConfig): void {
  for (const part of ["user", "role", "database"] as const) {
    const mistake = identifierMistake(config[part]);
    if (mistake !== undefined) {
      reader.mistake(`${name}.${part}`, mistake);
    }
  }
  if (administrators.includes(config.role)) {
    reader.mistake(
      `${name}.role`,
      `${config.role} may do far more than this needs. Write PIPELINE_DEPLOYER, which sql/snowflake/setup.sql makes.`,
    );
  }
}

function checkFigures(reader: TargetReader, name: string, { creditQuota, targetLag }: SnowflakeConfig): void {
  if (creditQuota < 0) {
    reader.mistake(
      `${name}.creditQuota`,
      `${String(creditQuota)} is too little. Write a number of credits, or 0 for no limit.`,
    );
  }
  // Snowflake's least target lag (CREATE DYNAMIC TABLE).
  if (targetLag < 60) {
    reader.mistake(`${name}.targetLag`, `${String(targetLag)} seconds is less than Snowflake does. Write 60 or more.`);
  }
}

/** Two targets in one database would have the same tables. */
export function checkDatabases(reader: TargetReader, configs: readonly Configured<SnowflakeConfig>[]): void {
  configs.forEach(({ target, config }, index) => {
    const twin = configs
      .slice(0, index)
      .find(
        (other) =>
          other.config.database === config.database &&
          other.config.organization === config.organization &&
          other.config.account === config.account,
      );
    if (twin !== undefined) {
      reader.mistake(
        `${target.name}.database`,
        `${config.database} is ${twin.target.name}'s too, in the same account. Write another name.`,
      );
    }
  });
}

function checkAddresses(reader: TargetReader, name: string, addresses: readonly string[]): void {
  const mistake = addressesMistake(addresses, "Take it out, or write the workers' own.");
  if (mistake !== undefined) {
    reader.mistake(`${name}.allowedIps`, mistake);
  }
}

/** What is wrong with a setting does not depend on what it is rendered with, but for the version. */
function settingsMistakes(
  reader: TargetReader,
  name: string,
  placement: Placement,
  version: string,
): (given: Readonly<Record<string, unknown>>) => readonly string[] {
  const landing = { url: "", user: "", role: "LOADER", database: "", schema: "" };
  const rendered = { version, landing, topics: [], tasks: 1, registryUrl: "", hasPassphrase: false };
  if (placement === "managed") {
    return managedSnowflakeMistakes;
  }
  return (given) => (reader.isSound(["connect.snowflakeVersion"]) ? sinkSettingsMistakes(name, rendered, given) : []);
}

/** `generations: { ORDERS: [1, 2] }` */
function landingGenerations(reader: TargetReader, name: string, declared: Graph): Record<string, readonly number[]> {
  const key = `${name}.generations`;
  const known = [...declared.tables, ...declared.transformations].map((dataset) => dataset.name);
  const generations: Record<string, readonly number[]> = {};
  for (const [table, value] of Object.entries(reader.object(key))) {
    const numbers = Array.isArray(value) ? value.map(Number) : [];
    const isRising = numbers.every(
      (number, index) => Number.isSafeInteger(number) && number > (numbers[index - 1] ?? 0),
    );
    const taken = numbers
      .map((number) => generationName(table, number))
      .filter((one) => one !== table && known.includes(one));
    if (!known.includes(table)) {
      const close = nearest(table, known);
      reader.mistakeIn(key, `${table} is no table of pipeline.ts. Write ${close ?? either(known)}.`);
    } else if (numbers.length === 0 || !isRising) {
      reader.mistakeIn(key, `${table} has no list of rising numbers from 1 on. Write one, e.g. ${table}: [1, 2].`);
    } else if (taken.length > 0) {
      reader.mistakeIn(
        key,
        `${table}: ${all(taken)} would be its landing table, and is another table's. Write other numbers.`,
      );
    } else {
      generations[table] = numbers;
    }
  }
  return generations;
}
