import { addressesMistake } from "../addresses.ts";
import type { ConfigKey } from "../configKey.ts";
import { managedSinkClasses } from "../connect/managedSinkClasses.ts";
import type { Target } from "../graph.ts";
import { nameIn, refusedName } from "../names.ts";
import { connectorKeys, readManagedConnector, type ConnectorConfig } from "../targets/connectorKeys.ts";
import type { Configured, TargetContext, TargetReader } from "../targets/targetKind.ts";
import { redshiftSettings } from "./sink.ts";

/** A target in Amazon Redshift. */
export interface RedshiftConfig extends ConnectorConfig {
  readonly target: string;
  /** Of a workgroup or cluster that is there; `undefined`: the stack makes a serverless one. */
  readonly host: string | undefined;
  readonly port: number;
  readonly database: string;
  readonly schema: string;
  readonly user: string;
  /** Empty: there is no such user yet, and so no connector. */
  readonly password: string;
  readonly made: RedshiftMade;
}

/** The serverless workgroup that the stack makes, where `host` is none. */
export interface RedshiftMade {
  readonly region: string;
  readonly vpc: string;
  readonly subnets: readonly string[];
  /** Ranges (CIDR, IPv4) that may reach it. */
  readonly allowedIps: readonly string[];
  /** RPU. */
  readonly capacity: number;
  /** RPU; 0: AWS decides. */
  readonly maxCapacity: number;
  readonly adminUser: string;
  /** Empty: AWS makes it, keeps it in Secrets Manager and changes it. */
  readonly adminPassword: string;
}

/** Redshift Serverless's least and greatest base capacity, in RPU (its page about capacity, 2026-11). */
const [leastCapacity, mostCapacity] = [8, 512];

/** The keys of one target of kind `redshift`, by their last part (`redshift.host` is `host`). */
export function redshiftKeys({ name }: Pick<Target, "name">): Readonly<Record<string, ConfigKey>> {
  return {
    host: {
      type: "string",
      default: "",
      description: `Host name of a workgroup or cluster of Redshift that is there. Empty: a serverless one is made.`,
    },
    port: { type: "integer", default: 5439, description: "Port of that host." },
    database: {
      type: "string",
      default: "pipeline",
      description: `Name of ${name}'s database. A change replaces what is made.`,
    },
    schema: { type: "string", default: "pipeline", description: `Schema of ${name}'s tables.` },
    user: {
      type: "string",
      default: "pipeline_loader",
      description: "User that adds rows: npm run targets:sql prints what gives it its rights. Never an administrator.",
    },
    password: {
      type: "string",
      default: "",
      secret: true,
      description: `Password of that user: pulumi config set --path --secret ${name}.password. Empty: it is not there yet, and no connector either.`,
    },
    region: {
      type: "string",
      default: "",
      description: "AWS region of what is made. Empty: aws.region, or that of Kafka.",
    },
    vpc: { type: "string", default: "", description: "Id of the VPC that the workgroup is made in." },
    subnets: {
      type: "array",
      default: [],
      description: "Ids of subnets of that VPC, three or more in three zones, with a way out to the internet.",
    },
    allowedIps: {
      type: "array",
      default: [],
      description:
        "Addresses or ranges (CIDR, IPv4) that may reach the workgroup: those that Confluent's connectors of the region come from.",
    },
    capacity: {
      type: "integer",
      default: leastCapacity,
      description: `Base capacity of the workgroup in RPU: ${String(leastCapacity)} to ${String(mostCapacity)}, in steps of 8. It is paid by the second while queries and rows come.`,
    },
    maxCapacity: {
      type: "integer",
      default: 0,
      description: "The most RPU that it may grow to: what a busy second costs at most. 0: AWS decides.",
    },
    adminUser: {
      type: "string",
      default: "pipeline_admin",
      description: "Administrator of the database that is made. A change replaces it.",
    },
    adminPassword: {
      type: "string",
      default: "",
      secret: true,
      description: `Password of that administrator: pulumi config set --path --secret ${name}.adminPassword. Empty: AWS keeps one in Secrets Manager.`,
    },
    ...connectorKeys({ name }, "Confluent's RedshiftSink"),
  };
}

/** The configuration of one target. */
export function readRedshift(
  reader: TargetReader,
  target: Target,
  { isOn, awsRegion, kafka }: TargetContext,
): RedshiftConfig {
  const { name } = target;
  const host = reader.string(`${name}.host`);
  const region = reader.string(`${name}.region`);
  const config: RedshiftConfig = {
    target: name,
    host: host === "" ? undefined : host,
    port: reader.integer(`${name}.port`),
    database: reader.string(`${name}.database`),
    schema: reader.string(`${name}.schema`),
    user: reader.string(`${name}.user`),
    password: reader.string(`${name}.password`),
    made: {
      region: region === "" ? awsRegion : region,
      vpc: reader.string(`${name}.vpc`),
      subnets: reader.list(`${name}.subnets`),
      allowedIps: reader.list(`${name}.allowedIps`),
      capacity: reader.integer(`${name}.capacity`),
      maxCapacity: reader.integer(`${name}.maxCapacity`),
      adminUser: reader.string(`${name}.adminUser`),
      adminPassword: reader.string(`${name}.adminPassword`),
    },
    ...readManagedConnector(reader, target, { sink: managedSinkClasses.redshift, own }),
  };
  checkNames(reader, config);
  checkPasswords(reader, config);
  if (isOn && kafka.cloud !== "AWS") {
    reader.mistakeIn(
      "targets",
      `${name} takes rows from Kafka in AWS only, where Confluent's sink for Redshift runs, and kafka.cloud is ${kafka.cloud}. Take it out.`,
    );
  }
  if (config.host === undefined) {
    checkMade(reader, config, isOn);
  } else {
    checkGiven(reader, config, isOn);
  }
  return config;
}

function checkGiven(reader: TargetReader, { target, host = "", port, password }: RedshiftConfig, isOn: boolean): void {
  if (!/^[\w-]+(\.[\w-]+)+$/.test(host)) {
    reader.mistake(
      `${target}.host`,
      `"${host}" is not a host name alone. Write e.g. NAME.ACCOUNT.us-east-1.redshift-serverless.amazonaws.com; the port has a key of its own.`,
    );
  }
  if (port < 1 || port > 65535) {
    reader.mistake(`${target}.port`, `${String(port)} is not a port. Write a number from 1 to 65535.`);
  }
  if (isOn && password === "") {
    reader.mistake(
      `${target}.password`,
      `it is missing. Set it: pulumi config set --path --secret ${target}.password …`,
    );
  }
  for (const part of ["vpc", "region", "adminPassword"] as const) {
    if (reader.raw(`${target}.${part}`) !== undefined) {
      reader.mistake(
        `${target}.${part}`,
        `it is of a workgroup that is made, and ${target}.host names one that is there. Take one of them out.`,
      );
    }
  }
}

function checkMade(reader: TargetReader, { target, made }: RedshiftConfig, isOn: boolean): void {
  const needed = (part: string, why: string) => {
    if (isOn) {
      reader.mistake(`${target}.${part}`, `${why} Or write ${target}.host, of a workgroup that is there.`);
    }
  };
  if (reader.raw(`${target}.region`) !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(made.region)) {
    reader.mistake(`${target}.region`, `"${made.region}" is not a region of AWS. Write one, e.g. us-east-1.`);
  }
  if (made.region === "") {
    needed(
      "region",
      "nothing says where the workgroup is made, since Kafka does not run in AWS. Write a region of AWS.",
    );
  }
  if (made.vpc === "") {
    needed("vpc", "it is missing. Write the id of the VPC that the workgroup is made in.");
  }
  if (made.subnets.length < 3) {
    needed("subnets", "a workgroup needs three subnets or more, in three zones. Write their ids.");
  }
  checkAddresses(reader, target, made.allowedIps);
  if (made.allowedIps.length === 0) {
    needed(
      "allowedIps",
      "nobody would reach the workgroup. Write the addresses that Confluent's connectors come from.",
    );
  }
  if (made.capacity % 8 !== 0 || made.capacity < leastCapacity || made.capacity > mostCapacity) {
    reader.mistake(
      `${target}.capacity`,
      `${String(made.capacity)} RPU is not to be had. Write ${String(leastCapacity)} to ${String(mostCapacity)}, in steps of 8.`,
    );
  }
  if (made.maxCapacity !== 0 && (made.maxCapacity % 8 !== 0 || made.maxCapacity < made.capacity)) {
    reader.mistake(
      `${target}.maxCapacity`,
      `${String(made.maxCapacity)} RPU is not to be had. Write a multiple of 8 from ${target}.capacity on, or 0.`,
    );
  }
}

function checkAddresses(reader: TargetReader, name: string, addresses: readonly string[]): void {
  const mistake = addressesMistake(addresses, "Write those that Confluent's connectors come from.");
  if (mistake !== undefined) {
    reader.mistake(`${name}.allowedIps`, mistake);
  }
}

function checkNames(reader: TargetReader, config: RedshiftConfig): void {
  const names = {
    database: config.database,
    schema: config.schema,
    user: config.user,
    adminUser: config.made.adminUser,
  };
  for (const [part, name] of Object.entries(names)) {
    const refused = refusedName("redshift", "table", name);
    if (refused !== undefined) {
      reader.mistake(`${config.target}.${part}`, `${refused.reason}. Write ${nameIn("redshift", refused.nearest)}.`);
    } else if (nameIn("redshift", name) !== name) {
      reader.mistake(
        `${config.target}.${part}`,
        `Redshift keeps names in lower case. Write ${nameIn("redshift", name)}.`,
      );
    }
  }
  if (config.user === config.made.adminUser || ["awsuser", "admin", "rdsdb"].includes(config.user)) {
    reader.mistake(
      `${config.target}.user`,
      `${config.user} may do far more than this needs. Write pipeline_loader, whose rights the script of npm run targets:sql gives it.`,
    );
  }
}

/** What Redshift takes for a password (CREATE USER, 2026-11); a message tells no more of one. */
function checkPasswords(reader: TargetReader, { target, password, made }: RedshiftConfig): void {
  const texts = { password, adminPassword: made.adminPassword };
  for (const [part, text] of Object.entries(texts)) {
    const isRight =
      /^[!-~]{8,64}$/.test(text) &&
      /[A-Z]/.test(text) &&
      /[a-z]/.test(text) &&
      /\d/.test(text) &&
      !/['"\\/@]/.test(text);
    if (text !== "" && !isRight && !reader.isStandIn(`${target}.${part}`)) {
      reader.mistake(
        `${target}.${part}`,
        "Redshift does not take it. Make one of 8 to 64 letters, digits and signs, with a capital letter, a small one and a digit, and without quotes, \\, /, @ and spaces.",
      );
    }
  }
}

/** Besides what is rendered for every sink. */
const own = Object.keys(redshiftSettings({ host: "", port: 0, database: "", schema: "", user: "" })).filter(
  (key) => key !== "batch.size",
);

/** Two targets in one schema would fill the same tables. */
export function checkRedshifts(reader: TargetReader, configured: readonly Configured<RedshiftConfig>[]): void {
  configured.forEach(({ target, config }, index) => {
    const twin = configured
      .slice(0, index)
      .find(
        ({ config: other }) =>
          config.host !== undefined &&
          other.host === config.host &&
          other.database === config.database &&
          other.schema === config.schema,
      );
    if (twin !== undefined) {
      reader.mistake(
        `${target.name}.schema`,
        `${config.schema} of ${config.database} is ${twin.target.name}'s too, on the same host. Write another schema.`,
      );
    }
  });
}
