import type { SourceKind } from "../columnTypes.ts";
import type { Source } from "../graph.ts";
import type { TlsMode } from "./databaseTls.ts";
import { managedClasses } from "./managedClasses.ts";
import { managedTransforms } from "./managedTransforms.ts";
import { sourceConnector } from "./sourceConnector.ts";

/** A database as a connector that Confluent runs reaches it. */
export interface ManagedDatabase {
  /** Name or address, from Confluent's network. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
  /** Name of the database in this environment. */
  readonly database: string;
  /** User that changes are read as. */
  readonly user: string;
  /** `verify`: the certificate is checked. `trust`: the connection is encrypted only. `off`: in clear text. */
  readonly tls: TlsMode;
  /** Certificate of the authority that signed the server's, in PEM. Empty: none is given. */
  readonly ca: string;
}

/** `Value`: what a value is that is known only when the stack runs. Such values are passed on as they are. */
export interface ManagedSettings<Value = string> {
  /** Name of the stack: makes names unique on a database server that several stacks read from. */
  readonly stack: string;
  readonly database: Omit<ManagedDatabase, "host"> & { readonly host: Value | string };
  /** Id of the service account that the connector acts as. */
  readonly serviceAccount: Value | string;
  readonly password: Value | string;
  /** The user's own settings, by their Debezium names. */
  readonly extra: Readonly<Record<string, string>>;
}

/** The two halves of a connector's configuration in Confluent Cloud: secrets stand in the second only. */
export interface ManagedConfig<Value = string> {
  readonly nonsensitive: Readonly<Record<string, Value | string>>;
  readonly sensitive: Readonly<Record<string, Value | string>>;
}

/**
 * A source as one of Confluent's fully managed Debezium connectors: what a connector on our own workers is told, as far
 * as Confluent's has the setting, and what Confluent's needs besides. `managedDifferences` says what is not the same.
 * Keys are sorted. Expects a source and settings in which `managedMistakes` finds nothing.
 */
export function managedConnector<Value = string>(
  source: Source,
  settings: ManagedSettings<Value>,
): ManagedConfig<Value> {
  const { database, password, serviceAccount } = settings;
  const own = likeOurOwn(source, settings);
  const nonsensitive = {
    ...whatConfluentHas(source.kind, own),
    // Our own snapshot mode is in our workers' image only.
    ...(own["snapshot.mode"] === "custom" ? { "snapshot.mode": "initial" } : {}),
    ...managedTransforms({ ...source, database: database.database }),
    name: source.name,
    "connector.class": managedClasses[source.kind].name,
    "kafka.auth.mode": "SERVICE_ACCOUNT",
    "kafka.service.account.id": serviceAccount,
    "database.hostname": database.host,
    ...encryption(source.kind, database.tls),
    "output.data.format": "AVRO",
    "output.key.format": "AVRO",
    // Otherwise a NULL in a column that has a default is written as the default.
    "value.converter.ignore.default.for.nullables": "true",
  };
  return {
    nonsensitive: Object.fromEntries(Object.entries(nonsensitive).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    sensitive: { "database.password": password, ...authority(source.kind, database) },
  };
}

/** What belongs to workers of our own (brokers, secrets, folders) is left empty: Confluent has its own. */
function likeOurOwn(
  source: Source,
  { stack, database, extra }: Pick<ManagedSettings<unknown>, "stack" | "database" | "extra">,
): Record<string, string> {
  return sourceConnector(source, {
    stack,
    database: { ...database, host: "", hasCa: false },
    bootstrapServers: "",
    kafkaSecurity: {},
    secretsFile: "",
    trustFolder: "",
    caFolder: "",
    serverId: 1,
    extra,
  });
}

function whatConfluentHas(kind: SourceKind, config: Readonly<Record<string, string>>): Record<string, string> {
  const { properties } = managedClasses[kind];
  return Object.fromEntries(
    Object.entries(config).filter(([key]) => properties.includes(key) && key !== "database.password"),
  );
}

function encryption(kind: SourceKind, tls: ManagedDatabase["tls"]): Record<string, string> {
  switch (kind) {
    case "sqlServer":
      return { "database.encrypt": String(tls !== "off") };
    case "mySql":
      return { "database.ssl.mode": { verify: "verify_identity", trust: "required", off: "disabled" }[tls] };
    case "mariaDb":
      return { "database.ssl.mode": { verify: "verify-full", trust: "trust", off: "disable" }[tls] };
    case "postgres":
      return { "database.sslmode": { verify: "verify-full", trust: "require", off: "disable" }[tls] };
  }
}

/** The service takes a file as a data URL, among the secrets whatever is in it. */
function authority(kind: SourceKind, { tls, ca }: Pick<ManagedDatabase, "tls" | "ca">): Record<string, string> {
  const bytes = new TextEncoder().encode(ca);
  return kind === "postgres" && tls === "verify"
    ? { "database.sslrootcert": `data:text/plain;base64,${btoa(String.fromCharCode(...bytes))}` }
    : {};
}
