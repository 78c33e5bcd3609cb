import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { secretsProperties, workerProperties } from "../model/connect/worker.ts";
import { propertiesText } from "../model/connect/properties.ts";
import type { Graph, Source } from "../model/graph.ts";
import { databaseSql, schemaSql, sessionSql } from "../model/sources/demoSql.ts";
import { quotedName } from "../model/sources/sqlText.ts";
import { declaredConnector, makeTopicsAndRights, runDatabaseSetup, workerSettings, type Capture } from "./declared.ts";
import { startBroker, type Broker } from "./engines/broker.ts";
import { certificates } from "./engines/certificates.ts";
import { Worker } from "./engines/connect.ts";
import { startMariaDb } from "./engines/mariadb.ts";
import type { DatabaseServer } from "./engines/databaseServer.ts";
import { startPostgres } from "./engines/postgres.ts";
import type { Lab } from "./engines/processes.ts";
import { startRegistry, type Registry } from "./engines/registry.ts";

export interface PlaneArgs {
  /** The folder that `npm run image:assemble` made. */
  readonly image: string;
  /** Every source of it is `mariaDb` or `postgres`. */
  readonly graph: Graph;
  /** Partitions of a data topic. Default: 2. */
  readonly partitions?: number;
  /** Gets a line for each thing that is ready. */
  readonly say?: (line: string) => void;
  /** Rows that a source's empty tables get before the worker starts, as SQL. Default: none. */
  readonly rows?: (source: Source) => string;
  /** Settings of the worker that differ from the rendered ones. Default: none. */
  readonly workerSettings?: Readonly<Record<string, string>>;
  /** More environment of the worker's process. Default: none. */
  readonly workerEnvironment?: Readonly<Record<string, string>>;
}

/** A source's server, and the database in it that has the declared tables. */
export interface PlaneDatabase {
  readonly source: Source;
  readonly server: DatabaseServer;
}

export interface Plane {
  readonly broker: Broker;
  readonly registry: Registry;
  readonly worker: Worker;
  readonly databases: readonly PlaneDatabase[];
  /** Login of the workers, over SASL_SSL. */
  readonly login: { readonly key: string; readonly secret: string };
  /** PEM of the authority that signed every server's certificate. */
  readonly ca: string;
  /** The rendered configuration of a source's connector. */
  connector(source: Source): Record<string, string>;
}

const stack = "demo";

/**
 * The data plane of a pipeline as the stack makes it, on this machine: topics, ACLs, the databases' scripts, the worker's
 * and the connectors' configuration are the rendered ones. The worker runs, and has no connectors yet.
 */
export async function startPlane(lab: Lab, args: PlaneArgs): Promise<Plane> {
  const { image, graph, say = () => undefined } = args;
  const login = { key: "workers", secret: password() };
  const passwords = Object.fromEntries(graph.sources.map(({ name }) => [name, password()]));
  // All at once: each waits for a disk or a virtual machine most of the time.
  const [broker, registry, databases] = await Promise.all([
    brokerWithTopics(lab, args, login),
    startRegistry(lab).then(told(say, ({ url }) => `Schema Registry (Apicurio)  ${url}`)),
    Promise.all(graph.sources.map((source) => startDatabase(lab, source, passwords[source.name] ?? "", args))),
  ]);
  const worker = await Worker.at(lab, image);
  const { ca } = certificates(lab);
  const surroundings = { broker, worker, ca };
  const plane: Plane = {
    broker,
    registry,
    worker,
    databases,
    login,
    ca,
    connector(source) {
      const found = databases.find((each) => each.source.name === source.name);
      return declaredConnector(source, captureOf(source), found?.server.port ?? 0, surroundings);
    },
  };
  await worker.start({
    properties: propertiesText({
      ...workerProperties(workerSettings(surroundings, registry.url)),
      ...args.workerSettings,
    }),
    secrets: secretsProperties({ kafka: login, registry: { key: "workers", secret: "any" }, passwords }),
    ca: Object.fromEntries(graph.sources.map(({ name }) => [name, ca])),
    env: args.workerEnvironment ?? {},
  });
  say(`Kafka Connect with Debezium  ${worker.url}`);
  return plane;
}

/** Runs the image's own `reconcile.js`: the cluster has exactly these connectors then. Throws with what it says. */
export async function reconcileSources(lab: Lab, { worker }: Plane, image: string, connectors: Connectors) {
  const declaration = {
    owner: `pipeline-${stack}`,
    connectors: Object.fromEntries(Object.entries(connectors).map(([name, config]) => [name, { config }])),
    undeclared: "delete",
    forget: true,
  };
  const file = lab.path("declaration.json");
  writeFileSync(file, JSON.stringify(declaration, undefined, 2));
  const program = path.join(image, "reconcile.js");
  return lab.run(process.execPath, [program, "--declaration", file, "--url", worker.url, "--stable", "1"]);
}

export type Connectors = Readonly<Record<string, Readonly<Record<string, string>>>>;

async function brokerWithTopics(lab: Lab, { graph, partitions, say }: PlaneArgs, login: Plane["login"]) {
  const broker = await startBroker(lab, { users: { [login.key]: login.secret } });
  const { topics, rights } = await makeTopicsAndRights(broker, graph, partitions);
  say?.(`Kafka (KRaft)  ${broker.saslSsl}, ${topics} topics and ${rights} ACLs as declared`);
  return broker;
}

/** With the declared tables, and what the administrator of the source's database runs. */
async function startDatabase(lab: Lab, source: Source, secret: string, args: PlaneArgs): Promise<PlaneDatabase> {
  const { kind, database, name } = source;
  const postgres = kind === "postgres";
  const server = postgres ? await startPostgres(lab, {}, name) : await startMariaDb(lab, {}, name);
  server.sql(postgres ? `CREATE DATABASE ${quotedName(kind, database)}` : databaseSql(kind, database));
  const rows = args.rows?.(source) ?? "";
  server.sql(sessionSql(kind, database) + schemaSql(kind, source.tables) + rows, { database });
  runDatabaseSetup(server, source, captureOf(source), secret);
  args.say?.(`${postgres ? "Postgres" : "MariaDB"}  127.0.0.1:${server.port}, database ${database}`);
  return { source, server };
}

function captureOf({ database }: Source): Capture {
  return { stack, database, user: "cdc" };
}

function told<T>(say: (line: string) => void, line: (value: T) => string): (value: T) => T {
  return (value) => {
    say(line(value));
    return value;
  };
}

function password(): string {
  return randomBytes(18).toString("base64url");
}
