import * as pulumi from "@pulumi/pulumi";
import {
  bootstrapServersOf,
  kafkaSecurity,
  secretKeys,
  secretsFile,
  secretsProperties,
  sinkProperties,
  workerPropertiesText,
} from "../../model/connect/worker.ts";
import { sourceConnector } from "../../model/connect/sourceConnector.ts";
import type { ConnectorState, Position } from "../../model/connect/connectorState.ts";
import { workersTrust, type TlsMode } from "../../model/connect/databaseTls.ts";
import type { Source } from "../../model/graph.ts";
import type { Account } from "../kafka/account.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { renderedWith, type ConnectorDeclaration } from "./connectors.ts";
import { sinkGuide, sinkSecrets, type WorkerSink } from "./workerSink.ts";

/** A source with the database that it is in this environment. */
export interface SourceDatabase {
  readonly source: Source;
  readonly host: pulumi.Input<string>;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: pulumi.Input<string>;
  readonly tls: TlsMode;
  /** Certificate of the authority in PEM; empty: a public one. */
  readonly ca: string;
  readonly serverId: number;
  readonly state: ConnectorState;
  /** Where a managed connector starts; on workers of our own, of no use. */
  readonly position: Position | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

export interface SelfHostedArgs {
  readonly stack: string;
  readonly cluster: Cluster;
  /** Account of the workers, with keys for Kafka and the registry. */
  readonly workers: Account;
  /** The sinks that run on the workers. */
  readonly sinks: readonly WorkerSink[];
  readonly sources: readonly SourceDatabase[];
}

/** What workers of our own run with, wherever they are: rendered once, for every placement. */
export interface SelfHosted {
  readonly workerProperties: pulumi.Output<string>;
  /** What `secrets.properties` has for workers and sources. Secret. */
  readonly secrets: pulumi.Output<string>;
  /** PEM by source. */
  readonly certificates: Readonly<Record<string, string>>;
  /** What each sink has of its own. */
  readonly sinks: readonly HostedSink[];
  /** Where each entry of `secrets` comes from, a sentence each, for whoever fills the file by hand. */
  readonly secretsGuide: Readonly<Record<string, string>>;
  readonly connectors: readonly ConnectorDeclaration[];
}

/** What a sink on workers has that no other connector sees. */
export interface HostedSink {
  readonly target: string;
  /** What `secrets.properties` has for it. Secret. */
  readonly secrets: pulumi.Output<string>;
  /** PEM of the authority that signed its target's certificate; empty: a public one. */
  readonly certificate: string;
}

export function selfHosted(args: SelfHostedArgs): SelfHosted {
  const { cluster, sources, sinks } = args;
  const brokers = cluster.kafka.bootstrapEndpoint.apply(bootstrapServersOf);
  return {
    workerProperties: pulumi
      .all([brokers, cluster.registry.restEndpoint])
      .apply(([bootstrapServers, registryUrl]) => workerPropertiesText({ bootstrapServers, registryUrl })),
    secrets: secretsOf(args),
    certificates: Object.fromEntries(
      sources.map(({ source, ca }) => [source.name, ca] as const).filter(([, pem]) => pem !== ""),
    ),
    sinks: sinks.map(hosted),
    secretsGuide: Object.fromEntries(
      [secretsGuide(sources), ...sinks.map(sinkGuide)].flatMap((guide) => Object.entries(guide)),
    ),
    connectors: [
      ...sources.map((database) => connectorOf(args.stack, database, brokers)),
      ...sinks.map(({ declaration }) => declaration),
    ],
  };
}

function connectorOf(
  stack: string,
  { source, ca, host, serverId, state, settings, ...database }: SourceDatabase,
  bootstrapServers: pulumi.Output<string>,
): ConnectorDeclaration {
  return {
    name: source.name,
    state,
    config: renderedWith({ bootstrapServers, host }, (known) =>
      sourceConnector(source, {
        stack,
        database: {
          host: known.host,
          port: database.port,
          database: database.database,
          user: database.user,
          tls: database.tls,
          hasCa: ca !== "",
        },
        bootstrapServers: known.bootstrapServers,
        kafkaSecurity: kafkaSecurity({}),
        secretsFile,
        ...workersTrust,
        serverId,
        extra: settings,
      }),
    ),
  };
}

function hosted(sink: WorkerSink): HostedSink {
  const { target, certificate = "" } = sink;
  const secrets = sinkSecrets(sink).apply((values) => sinkProperties(target, values));
  return { target, secrets: pulumi.secret(secrets), certificate };
}

function secretsOf({ workers, sources }: SelfHostedArgs): pulumi.Output<string> {
  const passwords = Object.fromEntries(sources.map(({ source, password }) => [source.name, password]));
  return pulumi.secret(
    pulumi
      .all([pulumi.output(workers.kafkaCredentials), pulumi.output(workers.registryCredentials), passwords])
      .apply(([kafka, registry, databasePasswords]) => {
        if (kafka === undefined || registry === undefined) {
          throw new Error("the workers' account has no keys");
        }
        return secretsProperties({ kafka, registry, passwords: databasePasswords });
      }),
  );
}

function secretsGuide(sources: readonly SourceDatabase[]): Record<string, string> {
  return {
    [secretKeys.kafka]: "The login of the workers' Kafka key.",
    [secretKeys.registry]: "The workers' key for Schema Registry, and its secret after a colon.",
    ...Object.fromEntries(
      sources.map(({ source, user }) => [
        secretKeys.password(source.name),
        `Password of ${user} in ${source.name}'s database.`,
      ]),
    ),
  };
}
