import { deadLetterPrefix, sinkName } from "../internalNames.ts";
import { type JdbcTable } from "../jdbc/table.ts";
import type { JdbcSystem } from "../jdbc/system.ts";
import { trustStorePassword, type TlsMode, type TlsSettings, type TrustFolders } from "./databaseTls.ts";
import { fileReference } from "./properties.ts";
import { avroConverter, secretKeys, secretsFile as workersFile, type KafkaAccess } from "./worker.ts";

/** The database that rows go to. */
export interface JdbcServer extends TlsSettings {
  readonly system: JdbcSystem;
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
  readonly database: string;
  /** PostgreSQL's; of no use elsewhere. */
  readonly schema: string;
  readonly user: string;
}

export interface JdbcSinkSettings extends KafkaAccess, TrustFolders {
  readonly server: JdbcServer;
  /** One or more. */
  readonly tables: readonly JdbcTable[];
  /** How many tasks share the partitions. 1 or more. */
  readonly tasks: number;
  readonly registryUrl: string;
  /** Copies of the dead-letter topic. Default: 3, the only count that Confluent Cloud takes. */
  readonly replicationFactor?: number;
  /** The user's own settings; `jdbcSettingsMistakes` finds nothing in them. */
  readonly extra: Readonly<Record<string, string>>;
}

/**
 * Configuration of a target's connector on workers of our own: Debezium's JDBC sink, in the image with two classes of ours
 * (`image/connect/jdbc`). The tables are there already, with the columns that the script of `model/jdbc/setup.ts` gives them.
 * Keys are sorted.
 */
export function jdbcSink(target: string, settings: JdbcSinkSettings): Record<string, string> {
  const config = {
    "connector.class": "pipeline.jdbc.JdbcSink",
    "tasks.max": String(settings.tasks),
    topics: settings.tables.map(({ topic }) => topic).join(","),
    ...connectionConfig(target, settings),
    ...rowConfig(settings),
    ...errorConfig(target, settings),
    ...converterConfig(target, settings),
    ...clientConfig(target, settings),
    ...placeConfig,
    ...settings.extra,
  };
  return Object.fromEntries(Object.entries(config).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function connectionConfig(target: string, settings: JdbcSinkSettings): Record<string, string> {
  return {
    "connection.url": jdbcUrl(target, settings.server, settings),
    "connection.username": settings.server.user,
    "connection.password": fileReference(settings.secretsFile ?? workersFile, secretKeys.sinkPassword(target)),
    // A task writes by one connection, and looks at tables by another now and then. By default it opens 5 at once, and 32
    // when it needs a sixth.
    "connection.pool.min_size": "1",
    "connection.pool.max_size": "2",
    "connection.pool.acquire_increment": "1",
  };
}

/** Where a driver finds the database, and how it checks who answers. `name`: of the file with the authority's certificate. */
export function jdbcUrl(name: string, server: JdbcServer, { trustFolder, caFolder }: TrustFolders): string {
  const { system, host, port, database, tls } = server;
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}/${database}`;
  const ownCa = tls === "verify" && server.hasCa;
  const options: Record<string, string> = {
    postgres: {
      sslmode: postgresModes[tls],
      ...(ownCa ? { sslrootcert: `${caFolder}/${name}.pem` } : {}),
      // The driver's own factory would look for a root certificate in the user's home; this one trusts what Java does.
      ...(tls === "verify" && !ownCa ? { sslfactory: "org.postgresql.ssl.DefaultJavaSSLFactory" } : {}),
      // What the server's list of sessions says.
      ApplicationName: sinkName(name),
    },
    mariaDb: {
      sslMode: mariaDbModes[tls],
      ...(ownCa ? { serverSslCert: `${caFolder}/${name}.pem` } : {}),
    },
    mySql: {
      sslMode: mySqlModes[tls],
      ...(ownCa
        ? {
            trustCertificateKeyStoreUrl: `file:${trustFolder}/${name}.p12`,
            trustCertificateKeyStoreType: "PKCS12",
            trustCertificateKeyStorePassword: trustStorePassword,
          }
        : {}),
      // Without TLS a password can only be sent under the server's public key, which must be asked for.
      ...(tls === "off" ? { allowPublicKeyRetrieval: "true" } : {}),
    },
  }[system];
  // Nothing is escaped: MariaDB's driver would take %2F for what it is. There is nothing in these that would have to be.
  const query = Object.entries(options).map(([key, value]) => `${key}=${value}`);
  return `jdbc:${schemes[system]}://${address}?${query.join("&")}`;
}

const schemes: Readonly<Record<JdbcSystem, string>> = { postgres: "postgresql", mariaDb: "mariadb", mySql: "mysql" };
const postgresModes: Readonly<Record<TlsMode, string>> = { verify: "verify-full", trust: "require", off: "disable" };
const mariaDbModes: Readonly<Record<TlsMode, string>> = { verify: "verify-full", trust: "trust", off: "disable" };
const mySqlModes: Readonly<Record<TlsMode, string>> = { verify: "VERIFY_IDENTITY", trust: "REQUIRED", off: "DISABLED" };

/** A record is the present state of a row, or its end; coming twice, it changes nothing the second time. */
function rowConfig({ server, tables }: JdbcSinkSettings): Record<string, string> {
  const schema = server.system === "postgres" ? `${server.schema}.` : "";
  return {
    "insert.mode": "upsert",
    "delete.enabled": "true",
    "primary.key.mode": "record_key",
    // By what the connector knows of a column it would make other tables than the declared ones.
    "schema.evolution": "none",
    "collection.name.format": `${schema}\${topic}`,
    // Names are written as they are, so that a reserved word is a name like others.
    "quote.identifiers": "true",
    transforms: "table",
    "transforms.table.type": "pipeline.jdbc.ToTable",
    ...Object.fromEntries(tables.flatMap(tableConfig)),
  };
}

function tableConfig({ name, topic, columns, key, deleted, tombstone }: JdbcTable): [string, string][] {
  const given = {
    table: name,
    columns: columns.map(({ field }) => field).join(","),
    key: key.join(","),
    deleted: deleted ?? "",
    tombstone: tombstone.join(","),
  };
  return Object.entries(given)
    .filter(([, value]) => value !== "")
    .map(([part, value]) => [`transforms.table.${topic}.${part}`, value]);
}

/** A row that the database refuses goes to the dead-letter topic, and so does a record that cannot be read. */
function errorConfig(target: string, { replicationFactor = 3 }: JdbcSinkSettings): Record<string, string> {
  return {
    "errors.tolerance": "all",
    "errors.deadletterqueue.topic.name": deadLetterPrefix + target,
    "errors.deadletterqueue.topic.replication.factor": String(replicationFactor),
    // Why, in the headers of the record there.
    "errors.deadletterqueue.context.headers.enable": "true",
    "errors.log.enable": "true",
  };
}

/** With the sink's own key for the registry: the workers' may not read the schemas of results. */
function converterConfig(target: string, { registryUrl, secretsFile, truststore }: JdbcSinkSettings) {
  const access = {
    registryUrl,
    ...(secretsFile === undefined ? {} : { secretsFile }),
    ...(truststore === undefined ? {} : { truststore }),
  };
  return {
    ...avroConverter("key", access, secretKeys.sinkRegistry(target)),
    ...avroConverter("value", access, secretKeys.sinkRegistry(target)),
    "value.converter.ignore.default.for.nullables": "true",
  };
}

function clientConfig(target: string, { secretsFile = workersFile }: JdbcSinkSettings): Record<string, string> {
  const login = fileReference(secretsFile, secretKeys.sink(target));
  return {
    "consumer.override.sasl.jaas.config": login,
    "producer.override.sasl.jaas.config": login,
    "admin.override.sasl.jaas.config": login,
    // By default 5 minutes without asking for more, as while the database is slow, cost a task its partitions.
    "consumer.override.max.poll.interval.ms": "900000",
  };
}

/**
 * How far it has read goes with the connector: a new one fills its tables from the beginning, which changes no row that is
 * there. `reconcile` looks at this; the connector does not.
 */
const placeConfig: Readonly<Record<string, string>> = { "reconcile.forget": "true" };
