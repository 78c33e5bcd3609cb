import { readFileSync } from "node:fs";
import kafkajs, { type Kafka } from "kafkajs";
import {
  declaredConnector,
  makeTopicsAndRights,
  runDatabaseSetup,
  workerSettings,
  type Surroundings,
} from "../../dataplane/declared.ts";
import { startBroker, type Broker, type BrokerArgs } from "../../dataplane/engines/broker.ts";
import { certificates } from "../../dataplane/engines/certificates.ts";
import { Worker } from "../../dataplane/engines/connect.ts";
import { startMariaDb } from "../../dataplane/engines/mariadb.ts";
import type { DatabaseServer } from "../../dataplane/engines/databaseServer.ts";
import { startPostgres } from "../../dataplane/engines/postgres.ts";
import type { Lab } from "../../dataplane/engines/processes.ts";
import { startRegistry, type Registry } from "../../dataplane/engines/registry.ts";
import { assemble } from "../../image/connect/assemble.ts";
import { principalsOf } from "../../model/access.ts";
import { secretsProperties, sinkProperties, workerPropertiesText } from "../../model/connect/worker.ts";
import { declaredGraph, type Graph, type Source } from "../../model/graph.ts";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { passwordSetting } from "../../model/connect/jdbcSink.ts";
import { privateKeySetting } from "../../model/connect/snowflakeSink.ts";
import { placements } from "../../model/placement.ts";
import { hostedByWorkers } from "../../model/targets/registry.ts";

const capture = { stack: "test", database: "shop", user: "cdc" };
/** What a generated password may look like at its worst. */
const worstPassword = 'pa$s"w\\or d;{}#é';
const passwords: Readonly<Record<string, string>> = { mariaDb: "Maria's", postgres: "Pg's" };

export interface PlaneArgs {
  readonly declaration: PipelineDeclaration;
  /** What is in the databases beforehand, as SQL; each has an empty database `shop`. */
  readonly tables: { readonly maria: string; readonly pg: string };
  /** Settings of the database servers, by name. Default: the engines' own. */
  readonly settings?: {
    readonly maria?: Readonly<Record<string, string>>;
    readonly pg?: Readonly<Record<string, string>>;
  };
  /** Where the workers find the registry, made of where it is. Default: there. */
  readonly registryUrl?: (url: string) => Promise<string>;
  /** More environment of the workers' processes. Default: none. */
  readonly workerEnv?: Readonly<Record<string, string>>;
  /** How the broker is started. Default: as any other. */
  readonly broker?: BrokerArgs;
  /** The private key of the targets' loaders. Default: no key at all. */
  readonly loaderKey?: string;
}

/**
 * The data plane as the stack makes it: topics, ACLs, `worker.properties`, the secrets file and the databases' scripts
 * are the rendered ones. Every principal logs in over TLS with a key of its own and may do only what its account may do.
 */
export class Plane {
  #graph: Graph;
  readonly broker: Broker;
  readonly registry: Registry;
  readonly worker: Worker;
  readonly maria: DatabaseServer;
  readonly pg: DatabaseServer;
  readonly #lab: Lab;
  #registryUrl = "";
  #workerEnv: Readonly<Record<string, string>> = {};
  #loaderKey = "none";

  private constructor(lab: Lab, graph: Graph, engines: Pick<Plane, "broker" | "registry" | "worker" | "maria" | "pg">) {
    this.#lab = lab;
    this.#graph = graph;
    this.broker = engines.broker;
    this.registry = engines.registry;
    this.worker = engines.worker;
    this.maria = engines.maria;
    this.pg = engines.pg;
  }

  static async start(lab: Lab, args: PlaneArgs): Promise<Plane> {
    const { declaration, tables, settings = {}, registryUrl = (url: string) => Promise.resolve(url) } = args;
    const image = await assemble();
    const graph = declaredGraph(declaration);
    const principals = placements.flatMap((placement) => principalsOf(graph, placement));
    const users = principals.map(({ name }) => [name, passwordOf(name)] as const);
    const broker = await startBroker(lab, { ...args.broker, users: Object.fromEntries(users) });
    const registry = await startRegistry(lab);
    const maria = await startMariaDb(lab, settings.maria);
    maria.sql(`create database shop character set utf8mb4; use shop; ${tables.maria}`);
    const pg = await startPostgres(lab, settings.pg);
    pg.sql("create database shop");
    pg.sql(tables.pg, { database: "shop" });

    const plane = new Plane(lab, graph, { broker, registry, worker: await Worker.at(lab, image), maria, pg });
    plane.#registryUrl = await registryUrl(registry.url);
    plane.#workerEnv = args.workerEnv ?? {};
    plane.#loaderKey = args.loaderKey ?? "none";
    await makeTopicsAndRights(broker, graph);
    graph.sources.forEach((source) => plane.runScript(source.name));
    await plane.#startWorker(plane.worker);
    return plane;
  }

  get graph(): Graph {
    return this.#graph;
  }

  source(name: string): Source {
    const source = this.#graph.sources.find((each) => each.name === name);
    if (source === undefined) {
      throw new Error(`no source ${name}`);
    }
    return source;
  }

  /**
   * What `pulumi up` does after a change of the declaration, but for connectors: topics and rights; and workers that have
   * a new source's password and certificate replace those that don't.
   */
  async redeclare(declaration: PipelineDeclaration): Promise<void> {
    const before = namesOf(this.#graph.sources);
    this.#graph = declaredGraph(declaration);
    await makeTopicsAndRights(this.broker, this.#graph);
    if (namesOf(this.#graph.sources) !== before) {
      await this.worker.process.stop();
      await this.#startWorker(this.worker);
    }
  }

  /** What the administrator of the source's database runs. Only MariaDB's and Postgres's: the others cannot be had here. */
  runScript(name: string): void {
    const source = this.source(name);
    const server = this.#server(source);
    if (server !== undefined) {
      runDatabaseSetup(server, source, capture, passwords[source.kind] ?? "");
    }
  }

  /** The rendered configuration of a source's connector. Nothing of it is changed for the test but addresses and paths. */
  connector(name: string): Record<string, string> {
    const source = this.source(name);
    // Port 9 is nobody's: SQL Server and MySQL cannot be had here.
    const port = this.#server(source)?.port ?? 9;
    return declaredConnector(source, capture, port, this.#surroundings(this.worker));
  }

  /** What a sink is rendered with, besides its target's own. */
  get surroundings(): Surroundings & { readonly registryUrl: string } {
    return { ...this.#surroundings(this.worker), registryUrl: this.#registryUrl };
  }

  /** Starts connectors and waits until they run. */
  async run(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.worker.put(name, this.connector(name));
      await this.worker.untilRunning(name);
    }
  }

  /** A Kafka client that logs in with the key of a principal. */
  clientOf(principal: string): Kafka {
    const { ca } = certificates(this.#lab);
    return new kafkajs.Kafka({
      brokers: [this.broker.saslSsl],
      ssl: { ca: [readFileSync(ca, "utf8")] },
      sasl: { mechanism: "plain", username: principal, password: passwordOf(principal) },
      logLevel: kafkajs.logLevel.NOTHING,
      retry: { retries: 0 },
    });
  }

  /** Starts a further worker of the group. It is on the same host: secrets and trust stores are those of the first. */
  async furtherWorker(name: string): Promise<Worker> {
    const worker = await Worker.at(this.#lab, await assemble(), name);
    await this.#startWorker(worker);
    return worker;
  }

  #server({ kind }: Source): DatabaseServer | undefined {
    return { mariaDb: this.maria, postgres: this.pg, sqlServer: undefined, mySql: undefined }[kind];
  }

  #surroundings(worker: Worker): Surroundings {
    return { broker: this.broker, worker, ca: certificates(this.#lab).ca };
  }

  async #startWorker(worker: Worker): Promise<void> {
    const surroundings = this.#surroundings(worker);
    const { sources, targets } = this.#graph;
    const bySource = (valueOf: (source: Source) => string) =>
      Object.fromEntries(sources.map((source) => [source.name, valueOf(source)]));
    const sinks = targets.filter(({ kind }) => hostedByWorkers(kind, "ec2"));
    await worker.start({
      properties: workerPropertiesText({
        ...workerSettings(surroundings, this.#registryUrl),
        secretsFile: this.worker.secretsFile,
      }),
      env: this.#workerEnv,
      secrets: [
        secretsProperties({
          kafka: { key: "workers", secret: passwordOf("workers") },
          registry: { key: "registry", secret: "secret" },
          passwords: bySource(({ kind }) => passwords[kind] ?? "x"),
        }),
        ...sinks.map(({ name }) =>
          sinkProperties(name, {
            kafka: { key: `sink-${name}`, secret: passwordOf(`sink-${name}`) },
            registry: { key: "registry", secret: "secret" },
            settings: {
              [privateKeySetting]: this.#loaderKey,
              [passwordSetting]: passwordOf(`sink-${name}`),
            },
          }),
        ),
      ].join(""),
      ca: Object.fromEntries([...sources, ...sinks].map(({ name }) => [name, surroundings.ca])),
    });
  }
}

function namesOf(sources: readonly Source[]): string {
  return sources.map(({ name }) => name).join();
}

/** Password of a principal's Kafka key; the user's name is the principal's. */
export function passwordOf(principal: string): string {
  return principal === "workers" ? worstPassword : `${principal}-secret`;
}
