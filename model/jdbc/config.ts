import { tlsModes, type TlsMode } from "../connect/databaseTls.ts";
import { jdbcSettingsMistakes } from "../connect/jdbcSettings.ts";
import { readTls } from "../connect/readTls.ts";
import type { ConfigKey } from "../configKey.ts";
import type { Target } from "../graph.ts";
import { connectorKeys, readConnector, type ConnectorConfig } from "../targets/connectorKeys.ts";
import type { Configured, TargetContext, TargetReader } from "../targets/targetKind.ts";
import { jdbcSystems, type JdbcSystem } from "./system.ts";

/** A target in a database that our workers reach. */
export interface JdbcConfig extends ConnectorConfig {
  /** Name of the target. */
  readonly target: string;
  readonly system: JdbcSystem;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** PostgreSQL's; of no use elsewhere. */
  readonly schema: string;
  readonly user: string;
  readonly password: string;
  readonly tls: TlsMode;
  /** PEM; empty: a public authority. */
  readonly ca: string;
}

const ports: Readonly<Record<JdbcSystem, number>> = { postgres: 5432, mariaDb: 3306, mySql: 3306 };

/** The keys of one target of kind `jdbc`, by their last part (`jdbc.host` is `host`). */
export function jdbcKeys({ name }: Pick<Target, "name">): Readonly<Record<string, ConfigKey>> {
  return {
    system: {
      type: "string",
      default: "postgres",
      legal: jdbcSystems,
      description: `What ${name}'s database is: postgres, mariaDb or mySql.`,
    },
    host: {
      type: "string",
      default: "",
      required: true,
      description: `Host name or address of ${name}'s database server, as the workers reach it.`,
    },
    port: { type: "integer", default: 0, description: `Port of that server. 0: 5432 of postgres, else 3306.` },
    database: { type: "string", default: "", required: true, description: `Name of ${name}'s database.` },
    schema: {
      type: "string",
      default: "",
      description: `PostgreSQL only: schema of ${name}'s tables. Empty: pipeline.`,
    },
    user: {
      type: "string",
      default: "pipeline_writer",
      description: `User that writes rows: npm run targets:sql prints what makes it. Never an administrator.`,
    },
    password: {
      type: "string",
      default: "",
      required: true,
      secret: true,
      description: `Password of that user: pulumi config set --path --secret ${name}.password`,
    },
    tls: {
      type: "string",
      default: "verify",
      legal: tlsModes,
      description: `verify: the connection to ${name} is encrypted and its certificate checked. trust (not checked) and off are for development.`,
    },
    ca: {
      type: "string",
      default: "",
      description: `Certificate of the authority that signed ${name}'s certificate, in PEM. Empty: a public one did.`,
    },
    ...connectorKeys({ name }, "Debezium's JDBC sink"),
  };
}

/** The configuration of one target. */
export function readJdbc(reader: TargetReader, target: Target, { isOn, ephemeral }: TargetContext): JdbcConfig {
  const { name } = target;
  const system = reader.oneOf(`${name}.system`, jdbcSystems);
  const schema = reader.string(`${name}.schema`);
  const config: JdbcConfig = {
    target: name,
    system,
    host: reader.string(`${name}.host`, isOn),
    port: portOf(reader, name, system),
    database: reader.string(`${name}.database`, isOn),
    schema: system === "postgres" && schema === "" ? "pipeline" : schema,
    user: reader.string(`${name}.user`),
    password: reader.string(`${name}.password`, isOn),
    ...readTls(reader, name, ephemeral),
    ...readConnector(reader, name, (given) => jdbcSettingsMistakes(name, given)),
  };
  checkNames(reader, name, config, schema);
  return config;
}

function portOf(reader: TargetReader, name: string, system: JdbcSystem): number {
  const port = reader.integer(`${name}.port`);
  if (port < 0 || port > 65535) {
    reader.mistake(
      `${name}.port`,
      `${String(port)} is not a port. Write a number from 1 to 65535, or 0 for the usual one.`,
    );
  }
  return port === 0 ? ports[system] : port;
}

/** Users that may do more than write rows. */
const administrators = ["postgres", "root", "admin", "mysql", "rdsadmin", "rds_superuser"];

function checkNames(
  reader: TargetReader,
  name: string,
  { system, host, database, user }: JdbcConfig,
  schema: string,
): void {
  if (/[/?@\s]/.test(host)) {
    reader.mistake(
      `${name}.host`,
      `"${host}" is more than a host. Write its name or address alone; port and database have keys of their own.`,
    );
  }
  if (/[\s/?&=%#;]/.test(database)) {
    reader.mistake(
      `${name}.database`,
      `"${database}" cannot stand in the address of a database: it has a space in it, or one of / ? & = % # ;. Write another name.`,
    );
  }
  if (administrators.includes(user.toLowerCase())) {
    reader.mistake(
      `${name}.user`,
      `${user} may do far more than this needs. Write pipeline_writer, which the script of npm run targets:sql makes.`,
    );
  }
  if (schema !== "" && system !== "postgres") {
    reader.mistake(`${name}.schema`, `${system} has no schemas in a database. Take it out.`);
  } else if (schema.includes(".") || schema.includes("$")) {
    // The connector takes what is before a dot for the schema, and fills in what stands after a dollar sign.
    reader.mistake(`${name}.schema`, `"${schema}" has a dot or a dollar sign in it. Write another name.`);
  }
}

/** Two targets in one place would write the same tables. */
export function checkJdbcPlaces(reader: TargetReader, configured: readonly Configured<JdbcConfig>[]): void {
  configured.forEach(({ target, config }, index) => {
    const twin = configured
      .slice(0, index)
      .find(
        ({ config: other }) =>
          config.host !== "" &&
          other.host === config.host &&
          other.port === config.port &&
          other.database === config.database &&
          other.schema === config.schema,
      );
    if (twin !== undefined) {
      const where = config.system === "postgres" ? `schema ${config.schema} of ${config.database}` : config.database;
      reader.mistake(
        `${target.name}.database`,
        `${where} is ${twin.target.name}'s too, on the same server. Write another ${config.system === "postgres" ? "schema" : "name"}.`,
      );
    }
  });
}
