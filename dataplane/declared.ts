import { readFileSync } from "node:fs";
import * as path from "node:path";
import { aclsOf, principalsOf } from "../model/access.ts";
import { derivedServerId, sourceConnector } from "../model/connect/sourceConnector.ts";
import { kafkaSecurity, type WorkerSettings } from "../model/connect/worker.ts";
import type { Graph, Source } from "../model/graph.ts";
import { databaseSetup, templateOf } from "../model/sources/databaseSetup.ts";
import { topicsOf } from "../model/topics.ts";
import type { Broker } from "./engines/broker.ts";
import type { Worker } from "./engines/connect.ts";
import type { DatabaseServer } from "./engines/databaseServer.ts";

/** Makes the topics of a graph that are not there yet, and gives each principal its rights. */
export async function makeTopicsAndRights(
  broker: Broker,
  graph: Graph,
  partitions = 2,
): Promise<{ topics: number; rights: number }> {
  const existing = await broker.topics();
  const topics = topicsOf(graph, { partitions, retentionDays: 7 });
  await broker.createTopics(
    topics
      .filter(({ name }) => !existing.includes(name))
      .map(({ name, config, partitions: numPartitions }) => ({
        topic: name,
        numPartitions,
        configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
      })),
  );
  const principals = principalsOf(graph).map((principal) => ({ name: principal.name, acls: aclsOf(principal) }));
  for (const { name, acls } of principals) {
    await broker.allow(name, acls);
  }
  return { topics: topics.length, rights: principals.reduce((sum, { acls }) => sum + acls.length, 0) };
}

/** Who reads a source's changes, and from where. */
export interface Capture {
  /** Name of the stack. */
  readonly stack: string;
  readonly database: string;
  readonly user: string;
}

/** Runs what the administrator of a source's database runs. MariaDB's and Postgres's only. */
export function runDatabaseSetup(server: DatabaseServer, source: Source, capture: Capture, password: string): void {
  const template = path.join(import.meta.dirname, "..", "sql", "sources", templateOf(source.kind, "enable"));
  const script = databaseSetup(source, capture, readFileSync(template, "utf8"));
  const variable = source.kind === "postgres" ? "cdc.password" : "@cdc_password";
  server.sql(`SET ${variable} = '${password.replaceAll("'", "''")}';\n${script}`, { database: capture.database });
}

/** The servers that a worker needs, and the authority that signed their certificates (a PEM file). */
export interface Surroundings {
  readonly broker: Broker;
  readonly worker: Worker;
  readonly ca: string;
}

/** The rendered configuration of a source's connector. Nothing of it is changed but addresses and paths. */
export function declaredConnector(
  source: Source,
  { stack, database, user }: Capture,
  port: number,
  { broker, worker, ca }: Surroundings,
): Record<string, string> {
  const { secretsFile } = worker;
  return sourceConnector(source, {
    stack,
    database: { host: "127.0.0.1", port, database, user, tls: "verify", hasCa: true },
    bootstrapServers: broker.saslSsl,
    kafkaSecurity: kafkaSecurity({ secretsFile, truststore: ca }),
    secretsFile,
    trustFolder: worker.trust,
    caFolder: worker.ca,
    serverId: derivedServerId(stack, source.name),
    extra: {},
  });
}

/** What `worker.properties` is rendered with. */
export function workerSettings({ broker, worker, ca }: Surroundings, registryUrl: string): WorkerSettings {
  return {
    bootstrapServers: broker.saslSsl,
    registryUrl,
    port: worker.port,
    pluginPath: worker.plugins,
    replicationFactor: 1,
    secretsFile: worker.secretsFile,
    truststore: ca,
  };
}
