import { tlsModes, type TlsMode } from "../connect/databaseTls.ts";
import { jdbcSettingsMistakes } from "../connect/jdbcSettings.ts";
import type { ConfigKey } from "../configKey.ts";
import type { Target } from "../graph.ts";
import type { Configured, TargetContext, TargetReader } from "../targets/targetKind.ts";
import { jdbcSystems, type JdbcSystem } from "./system.ts";

/** A target in a database that our workers reach. */
export interface JdbcConfig {
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
  readonly paused: boolean;
  /** Further settings of the connector, by their own names. */
  readonly settings: Readonly<Record<string, string>>;
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
    paused: {
      type: "boolean",
      default: false,
      description: `true: ${name}'s connector keeps its place and writes nothing.`,
    },
    settings: {
      type: "object",
      default: {},
      description: `Further settings of ${name}'s connector, by their names in Debezium's JDBC sink. Not what the pipeline sets itself.`,
    },
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
    ...tlsOf(reader, name, ephemeral),
    paused: reader.boolean(`${name}.paused`),
    settings: settingsOf(reader, name),
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

function tlsOf(reader: TargetReader, name: string, ephemeral: boolean): Pick<JdbcConfig, "tls" | "ca"> {
  const tls = reader.oneOf(`${name}.tls`, tlsModes);
  const ca = reader.string(`${name}.ca`);
  if (tls !== "verify" && !ephemeral && reader.isSound(["ephemeral"])) {
    reader.mistake(
      `${name}.tls`,
      `${tls} is for development, and this environment is durable. Write verify; if no public authority signed the ` +
        `server's certificate, put that authority's certificate into ${name}.ca.`,
    );
  }
  if (ca !== "" && tls !== "verify") {
    reader.mistake(`${name}.ca`, `with ${name}.tls: ${tls} no certificate is checked. Write verify, or take it out.`);
  } else if (ca !== "" && !/^-----BEGIN CERTIFICATE-----\s[\s\S]+-----END CERTIFICATE-----\s*$/.test(ca)) {
    reader.mistake(
      `${name}.ca`,
      "it is not a certificate in PEM form, which starts with -----BEGIN CERTIFICATE-----. Write the whole text, not a file's name.",
    );
  }
  return { tls, ca };
}

function settingsOf(reader: TargetReader, name: string): Record<string, string> {
  const key = `${name}.settings`;
  const given = reader.object(key);
  jdbcSettingsMistakes(name, given).forEach((mistake) => reader.mistakeIn(key, mistake));
  return Object.fromEntries(Object.entries(given).map(([setting, value]) => [setting, String(value)]));
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
