import { connectorStates, type ConnectorState, type Position } from "../model/connect/connectorState.ts";
import type { TlsMode } from "../model/connect/databaseTls.ts";
import { readTls } from "../model/connect/readTls.ts";
import { databaseNameMistake } from "../model/connect/debeziumNames.ts";
import { extraSettingsMistakes } from "../model/connect/extraSettings.ts";
import { managedMistakes, managedPasswordMistake } from "../model/connect/managedMistakes.ts";
import { derivedServerId } from "../model/connect/sourceConnector.ts";
import type { Source } from "../model/graph.ts";
import { systemTitles } from "../model/names.ts";
import type { Placement } from "../model/placement.ts";
import { demoKinds, everyAddress } from "../model/sources/demoContainer.ts";
import { demoHosts, replicates } from "./keys.ts";
import type { Reader } from "./reader.ts";

export interface DatabaseConfig {
  /** Empty in a demo, whose databases the stack makes. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly tls: TlsMode;
  /** PEM; empty: a public authority. */
  readonly ca: string;
  /** 1 to 4294967295; of no use to sources that do not replicate. */
  readonly serverId: number;
  readonly state: ConnectorState;
  /** Where in the log a managed connector starts; `undefined`: with a snapshot. */
  readonly position: Position | undefined;
  /** Further settings of the connector, by their own names. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The demo's own databases. */
export interface DemoConfig {
  readonly host: (typeof demoHosts)[number];
  /** Docker daemon; empty: the local one. */
  readonly dockerHost: string;
  readonly address: string;
}

export function demoConfig(reader: Reader, ephemeral: boolean): DemoConfig {
  const host = reader.oneOf("sources.demo", demoHosts);
  if (host !== "off" && !ephemeral && reader.isSound(["ephemeral"])) {
    reader.mistake("sources.demo", "a durable environment has no demo. Write off, or ephemeral: true.");
  }
  const address = reader.string("sources.address");
  if (everyAddress.includes(address)) {
    reader.mistake(
      "sources.address",
      `${address} is every address of the host, so that the databases would listen to the world. Write the one that the workers reach.`,
    );
  }
  return { host, dockerHost: reader.string("sources.dockerHost"), address };
}

interface DatabaseContext {
  readonly stack: string;
  readonly declared: readonly Source[];
  readonly on: readonly Source[];
  readonly isDemo: boolean;
  readonly placement: Placement;
  readonly ephemeral: boolean;
}

/** Of a source that is off, nothing may be missing, but what is given must be right: its stage may come. */
export function databaseConfigs(reader: Reader, context: DatabaseContext): Readonly<Record<string, DatabaseConfig>> {
  const isOn = ({ name }: Source) => context.on.some((source) => source.name === name);
  const configs = context.declared.map((source) => ({
    source,
    config: databaseConfig(reader, source, isOn(source), context),
  }));
  checkServerIds(reader, configs);
  return Object.fromEntries(
    configs.filter(({ source }) => isOn(source)).map(({ source, config }) => [source.name, config]),
  );
}

function databaseConfig(reader: Reader, source: Source, isOn: boolean, context: DatabaseContext): DatabaseConfig {
  const { name } = source;
  const port = reader.integer(`${name}.port`);
  if (port < 1 || port > 65535) {
    reader.mistake(`${name}.port`, `${String(port)} is not a port. Write a number from 1 to 65535.`);
  }
  const isNeeded = isOn && !context.isDemo;
  const user = reader.string(`${name}.user`, isNeeded);
  const database: DatabaseConfig = {
    host: reader.string(`${name}.host`, isNeeded),
    port,
    database: reader.string(`${name}.database`, isOn),
    user: user === "" ? "cdc_reader" : user,
    password: reader.string(`${name}.password`, isOn),
    // Confluent's connector cannot check the certificate of SQL Server's.
    ...readTls(
      reader,
      name,
      context.ephemeral,
      (tls) => tls === "verify" || (tls === "trust" && context.placement === "managed" && source.kind === "sqlServer"),
    ),
    serverId: serverIdOf(reader, source, context.stack),
    state: stateOf(reader, name, context.placement),
    position: positionOf(reader, name, context.placement),
    settings: settingsOf(reader, source),
  };
  const inName = databaseNameMistake(source.kind, database.database);
  if (inName !== undefined) {
    reader.mistake(`${name}.database`, inName);
  }
  if (isOn && context.isDemo) {
    checkDemo(reader, source, database);
  }
  if (isOn && context.placement === "managed") {
    checkManaged(reader, source, database);
  }
  return database;
}

function checkDemo(reader: Reader, { name, kind }: Source, { tls }: DatabaseConfig): void {
  if (!demoKinds.includes(kind)) {
    reader.mistake(
      "sources.demo",
      `${name} is ${systemTitles[kind]}, and a demo has SQL Server and MySQL only. Write off, and give ${name}.host.`,
    );
  } else if (tls === "verify" && reader.isSound(["sources.demo"])) {
    reader.mistake(
      `${name}.tls`,
      "the demo's databases have certificates of their own, which nobody signed. Write trust.",
    );
  }
}

/** What Confluent's connectors cannot do. */
function checkManaged(reader: Reader, source: Source, database: DatabaseConfig): void {
  const inPassword = managedPasswordMistake(database.password);
  if (inPassword !== undefined) {
    reader.mistake(`${source.name}.password`, inPassword);
  }
  for (const { key, text } of managedMistakes(source, database, database.settings)) {
    reader.mistakeIn(key === "tables" ? "pipeline.ts" : `${source.name}.${key}`, text);
  }
}

const longestServerId = 4_294_967_295;

function serverIdOf(reader: Reader, { name, kind }: Source, stack: string): number {
  if (!replicates(kind)) {
    return 0;
  }
  const given = reader.integer(`${name}.serverId`);
  if (given < 0 || given > longestServerId) {
    reader.mistake(
      `${name}.serverId`,
      `${String(given)} is out of range. Write 1 to ${String(longestServerId)}, or 0 to have it derived.`,
    );
  }
  return given === 0 ? derivedServerId(stack, name) : given;
}

/** Two replicas of one id throw each other out, again and again. */
function checkServerIds(reader: Reader, configs: readonly { source: Source; config: DatabaseConfig }[]): void {
  const replicas = configs.filter(({ source }) => replicates(source.kind));
  replicas.forEach(({ source, config }, index) => {
    const twin = replicas
      .slice(0, index)
      .find(
        ({ config: { host, port, serverId } }) =>
          host === config.host && port === config.port && serverId === config.serverId,
      );
    if (twin !== undefined) {
      reader.mistake(
        `${source.name}.serverId`,
        `${String(config.serverId)} is ${twin.source.name}'s too, on the same server, which would drop one of the two. Write another number.`,
      );
    }
  });
}

function stateOf(reader: Reader, name: string, placement: Placement): DatabaseConfig["state"] {
  const state = reader.oneOf(`${name}.state`, connectorStates);
  if (state === "stopped" && placement === "managed") {
    reader.mistake(`${name}.state`, "a connector that Confluent runs can be paused, not stopped. Write paused.");
  }
  return state;
}

function positionOf(reader: Reader, name: string, placement: Placement): Position | undefined {
  const key = `${name}.position`;
  const { partition, offset, ...rest } = reader.object(key);
  if (partition === undefined && offset === undefined && Object.keys(rest).length === 0) {
    return undefined;
  }
  const texts = [partition, offset].map((part) => textsOf(part));
  const [partitionTexts, offsetTexts] = texts;
  if (partitionTexts === undefined || offsetTexts === undefined || Object.keys(rest).length > 0) {
    reader.mistake(
      key,
      "it is not a place in a log. Write what GET /connectors/NAME/offsets gives: a group partition and a group offset.",
    );
    return undefined;
  }
  if (placement !== "managed") {
    reader.mistake(
      key,
      `only a managed connector takes its place from here. Take it out; on workers of your own, stop the connector (${name}.state) and PATCH its offsets.`,
    );
  }
  return { partition: partitionTexts, offset: offsetTexts };
}

/** A group of plain values as texts; `undefined` when it is something else. */
function textsOf(value: unknown): Record<string, string> | undefined {
  const entries = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const isPlain = entries.every(([, part]) => ["string", "number", "boolean"].includes(typeof part));
  return entries.length > 0 && isPlain
    ? Object.fromEntries(entries.map(([name, part]) => [name, String(part)]))
    : undefined;
}

function settingsOf(reader: Reader, source: Source): Record<string, string> {
  const key = `${source.name}.settings`;
  const settings = reader.object(key);
  const mistakes = extraSettingsMistakes(source, settings);
  mistakes.forEach((mistake) => reader.mistakeIn(key, mistake));
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
}
