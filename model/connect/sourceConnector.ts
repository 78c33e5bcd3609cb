import type { SourceKind } from "../columnTypes.ts";
import type { Source } from "../graph.ts";
import { heartbeatPrefix, historyPrefix } from "../internalNames.ts";
import { tlsConfig, type TlsSettings } from "./databaseTls.ts";
import {
  exactly,
  keyColumns,
  listedPath,
  literal,
  replicationName,
  signalCollection,
  signalColumns,
  signalTable,
} from "./debeziumNames.ts";
import { hash32 } from "./hash.ts";
import { transformConfig } from "./transforms.ts";

export interface DatabaseSettings extends TlsSettings {
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
  /** Name of the database in this environment. */
  readonly database: string;
  /** User that changes are read as. */
  readonly user: string;
}

export interface SourceSettings {
  /** Name of the stack: makes names unique on a database server that several stacks read from. */
  readonly stack: string;
  readonly database: DatabaseSettings;
  /** Brokers, for the clients of the schema history, which know nothing of the worker's. */
  readonly bootstrapServers: string;
  /** Security of those clients: `security.protocol`, `sasl.mechanism`, `sasl.jaas.config` (a reference, never the secret). */
  readonly kafkaSecurity: Readonly<Record<string, string>>;
  /** Where a worker has its secrets; has `<source>.password`. */
  readonly secretsFile: string;
  /** Where a worker has the trust store of each source that was given a CA certificate: `<source>.p12`. */
  readonly trustFolder: string;
  /** Where it has those certificates: `<source>.pem`. */
  readonly caFolder: string;
  /** MySQL, MariaDB: number as a replica, unlike that of anything else that replicates from the server. 1 to 4294967295. */
  readonly serverId: number;
  /** The user's own settings; `extraSettingsMistakes` finds nothing in them. */
  readonly extra: Readonly<Record<string, string>>;
}

const connectorClasses: Readonly<Record<SourceKind, string>> = {
  sqlServer: "io.debezium.connector.sqlserver.SqlServerConnector",
  mySql: "io.debezium.connector.mysql.MySqlConnector",
  mariaDb: "io.debezium.connector.mariadb.MariaDbConnector",
  postgres: "io.debezium.connector.postgresql.PostgresConnector",
};

/**
 * Configuration of a source's connector on workers of our own, for Debezium 3.5: what is captured, as what, to which
 * topics. Keys are sorted. Expects a source in which `declarationMistakes` finds nothing.
 */
export function sourceConnector(declared: Source, settings: SourceSettings): Record<string, string> {
  const source = { ...declared, database: settings.database.database };
  const config = {
    "connector.class": connectorClasses[source.kind],
    "tasks.max": "1",
    "topic.prefix": source.name,
    ...connectionConfig(source, settings),
    ...tlsConfig(source, settings.database, settings),
    ...selectionConfig(source),
    ...valueConfig,
    ...signsOfLifeConfig(source),
    ...kindConfig(source, settings),
    ...transformConfig(source),
    ...settings.extra,
  };
  return Object.fromEntries(Object.entries(config).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * `database.server.id` of a source whose environment gives none: MySQL and MariaDB know every replica by a number of its
 * own. Always the same for the same stack and source; 2^31 or more, and so far from numbers that people give.
 */
export function derivedServerId(stack: string, source: string): number {
  const half = 2 ** 31;
  return half + (hash32(`${stack}_${source}`) % (half - 1));
}

function connectionConfig(source: Source, { database, secretsFile }: SourceSettings): Record<string, string> {
  return {
    "database.hostname": database.host,
    "database.port": String(database.port),
    "database.user": database.user,
    "database.password": `\${file:${secretsFile}:${source.name}.password}`,
  };
}

/** Tables and columns that leave the database: those that are declared, and the signal table for Debezium's own eyes. */
function selectionConfig(source: Source): Record<string, string> {
  const paths = source.tables.map((table) => ({
    path: listedPath(source, table.path),
    columns: table.columns.map((column) => column.source),
  }));
  const all = [...paths, { path: listedPath(source, signalTable(source.kind)), columns: signalColumns }];
  const keys = source.tables.map(
    (table) => `${exactly(...listedPath(source, table.path))}:${keyColumns(table).map(literal).join(",")}`,
  );
  return {
    "table.include.list": list(all.map(({ path }) => exactly(...path))),
    "column.include.list": list(all.flatMap(({ path, columns }) => columns.map((name) => exactly(...path, name)))),
    "message.key.columns": keys.toSorted().join(";"),
    "signal.data.collection": signalCollection(source),
  };
}

/** How values are written: as `columnTypes.ts` expects them, under names that Avro takes. */
const valueConfig: Readonly<Record<string, string>> = {
  "time.precision.mode": "connect",
  "decimal.handling.mode": "precise",
  "schema.name.adjustment.mode": "avro",
  "field.name.adjustment.mode": "avro",
  // What compaction of an entity's topic needs; the transforms take them away from facts.
  "tombstones.on.delete": "true",
  // By default a value that cannot be converted becomes NULL, with a line in the log.
  "event.converting.failure.handling.mode": "fail",
  "errors.tolerance": "none",
  // On every record, and read by nothing.
  "extended.headers.enabled": "false",
};

function signsOfLifeConfig(source: Source): Record<string, string> {
  return {
    "snapshot.mode": "initial",
    "heartbeat.interval.ms": "10000",
    "topic.heartbeat.prefix": heartbeatPrefix.replace(/\.$/, ""),
    ...(source.kind === "postgres" ? {} : { "include.schema.changes": "false" }),
  };
}

/**
 * By default Debezium waits half a second before it looks at an idle log again, and as long before it hands over what it
 * found: nearly all the time that a change is on its way. Not for SQL Server, whose capture job looks every 5 s itself.
 */
const lookOften: Readonly<Record<string, string>> = { "poll.interval.ms": "100" };

function kindConfig(source: Source, settings: SourceSettings): Record<string, string> {
  switch (source.kind) {
    case "sqlServer":
      return {
        "database.names": source.database,
        // Reads one consistent state without locking out anybody; repeatable_read would lock each row to the end.
        "snapshot.isolation.mode": "snapshot",
        ...historyConfig(source, settings),
        "schema.history.internal.store.only.captured.tables.ddl": "true",
      };
    case "mySql":
    case "mariaDb":
      return {
        "database.include.list": exactly(source.database),
        "database.server.id": String(settings.serverId),
        // A connection that is gone shows by silence only: after so long the server sends a sign of life, or it is made
        // anew. By default that is a minute, and up to two pass in which no row comes and the task is said to run.
        "connect.keep.alive.interval.ms": "10000",
        ...lookOften,
        // By default 2^63 and more arrive as negative numbers, and the year 16 as 2016.
        "bigint.unsigned.handling.mode": "precise",
        "enable.time.adjuster": "false",
        ...historyConfig(source, settings),
        // Not captured tables only: one that is added later could not be read, since its structure would be unknown.
        "schema.history.internal.store.only.captured.databases.ddl": "true",
      };
    case "postgres":
      return postgresConfig(source, settings);
  }
}

function postgresConfig(source: Source, { stack }: SourceSettings): Record<string, string> {
  const name = replicationName(stack, source.name);
  return {
    "database.dbname": source.database,
    // Ours, in the workers' image: Debezium's own steps over changes when a task begins anew at a bad moment.
    "snapshot.mode": "custom",
    "snapshot.mode.custom.name": "at_least_once",
    "plugin.name": "pgoutput",
    "slot.name": name,
    "publication.name": name,
    // The DBA script makes it: Debezium's user need not own the tables.
    "publication.autocreate.mode": "disabled",
    ...lookOften,
    // A database in which nothing happens would hold back the log of all others: this moves its place in it forward.
    "heartbeat.action.query": "SELECT pg_logical_emit_message(false, 'heartbeat', '')",
    // Messages, that one and any application's, have no topic.
    "message.prefix.exclude.list": ".*",
  };
}

/** The structure of tables as it was at each place in the log, so that old changes can be read after a table changed. */
function historyConfig(source: Source, settings: SourceSettings): Record<string, string> {
  const history = "schema.history.internal";
  const clients = ["producer", "consumer"].flatMap((client) =>
    Object.entries(settings.kafkaSecurity).map(([key, value]) => [`${history}.${client}.${key}`, value] as const),
  );
  return {
    [`${history}.kafka.bootstrap.servers`]: settings.bootstrapServers,
    [`${history}.kafka.topic`]: historyPrefix + source.name,
    // By default 3 seconds, which a first connection to a broker far away may take.
    [`${history}.kafka.query.timeout.ms`]: "30000",
    ...Object.fromEntries(clients),
  };
}

function list(patterns: readonly string[]): string {
  return patterns.toSorted().join(",");
}
