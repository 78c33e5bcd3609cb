import type { SourceKind } from "../columnTypes.ts";
import type { Source } from "../graph.ts";

/** Who says what a key of a connector is, for a sentence: `the pipeline` `sets` … ` itself from pipeline.ts`. */
export interface Owner {
  readonly who: string;
  readonly sets: "sets" | "set" | "keeps";
  readonly how: string;
}

/** What the pipeline sets, but the user's extra settings may set otherwise: it changes neither what lands nor where. */
export const adjustableKeys: readonly string[] = [
  "connect.keep.alive.interval.ms",
  "event.converting.failure.handling.mode",
  "extended.headers.enabled",
  "heartbeat.action.query",
  "heartbeat.interval.ms",
  "poll.interval.ms",
  "schema.history.internal.kafka.query.timeout.ms",
  "snapshot.isolation.mode",
  "snapshot.mode",
  "snapshot.mode.custom.name",
];

/** Who sets a key that the user's extra settings may not have; `undefined` if they may. */
export function ownedBy(source: Pick<Source, "name" | "kind">, key: string): Owner | undefined {
  return adjustableKeys.includes(key) ? undefined : owners.find(({ keys }) => keys.test(key))?.owner(source);
}

/** What a legacy key is called today; empty if there is no such thing any more; `undefined` if it is no legacy key. */
export function newName(kind: SourceKind, key: string): string | undefined {
  if (/^transforms\..*\.(drop\.tombstones|delete\.handling\.mode)$/.test(key)) {
    return key.replace(/(drop\.tombstones|delete\.handling\.mode)$/, "delete.tombstone.handling.mode");
  }
  if (/^internal\.(key|value)\.converter(\.|$)/.test(key)) {
    return "";
  }
  return newNames[kind][key] ?? newNamesOfAll[key] ?? historyName(key);
}

function historyName(key: string): string | undefined {
  return /^database\.history(\.|$)/.test(key)
    ? key
        .replace("database.history", "schema.history.internal")
        .replace("only.monitored.tables", "only.captured.tables")
    : undefined;
}

const newNamesOfAll: Readonly<Record<string, string>> = {
  "column.blacklist": "column.exclude.list",
  "column.whitelist": "column.include.list",
  "database.blacklist": "database.exclude.list",
  "database.server.name": "topic.prefix",
  "database.whitelist": "database.include.list",
  "gtid.new.channel.position": "",
  "heartbeat.topics.prefix": "topic.heartbeat.prefix",
  "sanitize.field.names": "field.name.adjustment.mode",
  "schema.blacklist": "schema.exclude.list",
  "schema.whitelist": "schema.include.list",
  "snapshot.new.tables": "",
  "source.timestamp.mode": "",
  "table.blacklist": "table.exclude.list",
  "table.whitelist": "table.include.list",
  "transaction.topic": "topic.transaction",
};

const newNames: Readonly<Record<SourceKind, Readonly<Record<string, string>>>> = {
  sqlServer: {
    "database.applicationIntent": "driver.applicationIntent",
    "database.dbname": "database.names",
    "database.encrypt": "driver.encrypt",
    "database.trustServerCertificate": "driver.trustServerCertificate",
    "database.trustStore": "driver.trustStore",
    "database.trustStorePassword": "driver.trustStorePassword",
  },
  mySql: { "database.dbname": "database.include.list" },
  mariaDb: { "database.dbname": "database.include.list" },
  postgres: {
    "flush.lsn.source": "lsn.flush.mode",
    "logical_decoding_message.prefix.exclude.list": "message.prefix.exclude.list",
    "logical_decoding_message.prefix.include.list": "message.prefix.include.list",
    "slot.drop_on_stop": "slot.drop.on.stop",
    "toasted.value.placeholder": "unavailable.value.placeholder",
  },
};

type Owned = (source: Pick<Source, "name">) => Owner;

const pipeline =
  (how: string): Owned =>
  () => ({ who: "the pipeline", sets: "sets", how });
const configKey =
  (...keys: readonly string[]): Owned =>
  ({ name }) => ({
    who: keys.map((key) => `${name}.${key}`).join(" and "),
    sets: keys.length > 1 ? "set" : "sets",
    how: "",
  });

const declared = pipeline(" itself from pipeline.ts");
const sameForAll = pipeline(" itself, to the same for all sources");
const off: Owned = () => ({ who: "the pipeline", sets: "keeps", how: " off, since it has no topic" });
const namedAfter = pipeline(" itself from the names of stack and source");

/** The first that matches counts. What is not rendered is here since it would undo what is. */
const owners: readonly { readonly keys: RegExp; readonly owner: Owned }[] = [
  { keys: /^database\.hostname$/, owner: configKey("host") },
  { keys: /^database\.(port|instance)$/, owner: configKey("port") },
  { keys: /^database\.(user|password)$/, owner: configKey("user", "password") },
  { keys: /^database\.(names|dbname|(in|ex)clude\.list)$/, owner: configKey("database") },
  { keys: /^database\.server\.id$/, owner: configKey("serverId") },
  { keys: /^database\.(ssl\.(mode|truststore.*)|ssl(mode|rootcert|factory))$/, owner: configKey("tls", "ca") },
  { keys: /^driver\.(encrypt|trust.*|sslMode|allowPublicKeyRetrieval)$/i, owner: configKey("tls", "ca") },
  { keys: /^(connector\.class|tasks\.max|name)$/, owner: declared },
  { keys: /^(schema|table|column)\.(in|ex)clude\.list$/, owner: declared },
  { keys: /^(message\.key\.columns|(transforms|predicates)(\..*)?)$/, owner: declared },
  { keys: /^(slot|publication)\.name$/, owner: namedAfter },
  { keys: /^topic\..*$/, owner: pipeline(" itself, since the stack names and makes every topic") },
  { keys: /^(provide\.transaction\.metadata|include\.schema\.changes|notification\.sink\..*)$/, owner: off },
  { keys: /^message\.prefix\..*$/, owner: pipeline(" itself, since messages have no topic") },
  {
    keys: /^(key|value|header)\.converter(\..*)?$/,
    owner: () => ({ who: "the worker", sets: "sets", how: " for all connectors" }),
  },
  { keys: /^schema\.history\.internal(\.(kafka|store)\..*)?$/, owner: sameForAll },
  { keys: /^schema\.history\.internal\.(producer|consumer)\.(security|sasl|ssl)\..*$/, owner: sameForAll },
  {
    keys: /^(time\.precision|(decimal|binary|bigint\.unsigned)\.handling|(schema|field)\.name\.adjustment)\.mode$/,
    owner: sameForAll,
  },
  { keys: /^(tombstones\.on\.delete|errors\.tolerance|signal\.data\.collection)$/, owner: sameForAll },
  { keys: /^enable\.time\.adjuster$/, owner: sameForAll },
  { keys: /^(plugin\.name|publication\.autocreate\.mode)$/, owner: sameForAll },
  { keys: /^(reconcile\..*|config\.providers.*)$/, owner: sameForAll },
];
