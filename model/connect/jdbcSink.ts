import type { JdbcSystem } from "../jdbc/system.ts";
import type { JdbcTable } from "../jdbc/table.ts";
import { sinkName } from "../internalNames.ts";
import { trustStorePassword, type TlsMode, type TlsSettings, type TrustFolders } from "./databaseTls.ts";

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

/** The image's class: Debezium's JDBC sink, with dead letters (`image/connect/jdbc`). */
export const jdbcSinkClass = "pipeline.jdbc.JdbcSink";
/** The setting that is a secret. */
export const passwordSetting = "connection.password";

/**
 * What a target's connector is told besides what every sink on our workers is: a record is the present state of a row, or
 * its end; coming twice, it changes nothing the second time. The tables are there already, with the columns that the script
 * of `model/jdbc/setup.ts` gives them.
 *
 * @param target names the files that hold the authority's certificate
 */
export function jdbcSinkSettings(
  target: string,
  server: JdbcServer,
  tables: readonly JdbcTable[],
  trust: TrustFolders,
): Record<string, string> {
  const schema = server.system === "postgres" ? `${server.schema}.` : "";
  return {
    "connection.url": jdbcUrl(target, server, trust),
    "connection.username": server.user,
    // A task writes by one connection, and looks at tables by another now and then. By default it opens 5 at once, and 32
    // when it needs a sixth.
    "connection.pool.min_size": "1",
    "connection.pool.max_size": "2",
    "connection.pool.acquire_increment": "1",
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

/** Where a driver finds the database, and how it checks who answers. `name`: of the file with the authority's certificate. */
function jdbcUrl(name: string, server: JdbcServer, { trustFolder, caFolder }: TrustFolders): string {
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
