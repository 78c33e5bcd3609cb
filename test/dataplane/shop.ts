import { readFileSync } from "node:fs";
import * as path from "node:path";
import { assemble } from "../../image/connect/assemble.ts";
import { aclsOf, principalsOf } from "../../model/access.ts";
import { bytes, date, decimal, int16, int32, int64, text, timestamp, uuid } from "../../model/columnTypes.ts";
import { derivedServerId, sourceConnector, type SourceSettings } from "../../model/connect/sourceConnector.ts";
import { kafkaSecurity, secretsProperties, workerPropertiesText } from "../../model/connect/worker.ts";
import { declaredGraph, type Graph, type Source } from "../../model/graph.ts";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { databaseSetup, templateOf } from "../../model/sources/databaseSetup.ts";
import { topicsOf } from "../../model/topics.ts";
import { startBroker, type Broker } from "./engines/broker.ts";
import { certificates } from "./engines/certificates.ts";
import { Worker } from "./engines/connect.ts";
import { startMariaDb } from "./engines/mariadb.ts";
import { startPostgres, type DatabaseServer } from "./engines/postgres.ts";
import type { Lab } from "./engines/processes.ts";
import { startRegistry, type Registry } from "./engines/registry.ts";

const stack = "test";
/** What a generated password may look like at its worst. */
const kafkaKey = { key: "workers", secret: 'pa$s"w\\or d;{}#é' };

/** One source of each kind, with facts, an entity, a key of two columns and a column that is called otherwise in topics. */
const declaration: PipelineDeclaration = {
  sources: {
    mssql: { kind: "sqlServer", database: "shop", tables: { "dbo.ORDERS": orders("ORDERS_MSSQL") } },
    mysql: { kind: "mySql", database: "shop", tables: { customers: customers("CUSTOMERS_MYSQL") } },
    maria: {
      kind: "mariaDb",
      database: "shop",
      tables: { orders: orders("ORDERS_MARIA"), customers: customers("CUSTOMERS_MARIA") },
    },
    pg: {
      kind: "postgres",
      database: "shop",
      tables: {
        "public.orders": orders("ORDERS_PG"),
        "public.customers": customers("CUSTOMERS_PG"),
        "public.prices": {
          kind: "entity",
          name: "PRICES",
          key: ["item", "country"],
          columns: { item: text(50), country: { type: text(2), as: "land" }, price: decimal(10, 3), id: uuid },
        },
      },
    },
  },
  transformations: {},
  targets: {},
  consumers: {},
};

function orders(name: string): PipelineDeclaration["sources"][string]["tables"][string] {
  return {
    kind: "facts",
    name,
    key: "order_id",
    columns: {
      order_id: int32,
      customer_id: int64,
      order_ts: timestamp(3),
      shipped: date,
      order_total_usd: decimal(5, 2),
      item: text(50),
    },
  };
}

function customers(name: string): PipelineDeclaration["sources"][string]["tables"][string] {
  return {
    kind: "entity",
    name,
    key: "id",
    columns: { id: int64, "full name": { type: text(50), as: "full_name" }, visits: int16, photo: bytes },
  };
}

/** The whole of it, declared; the servers that can be had here are `maria` and `pg`. */
export const graph: Graph = declaredGraph(declaration);

export function sourceNamed(name: string): Source {
  const source = graph.sources.find((each) => each.name === name);
  if (source === undefined) {
    throw new Error(`no source ${name}`);
  }
  return source;
}

const tables = {
  maria: `
    create database shop;
    create table shop.orders (order_id int primary key, customer_id bigint, order_ts datetime(3), shipped date,
      order_total_usd decimal(5,2), item varchar(50));
    create table shop.customers (id bigint primary key, \`full name\` varchar(50), visits smallint, photo blob);
    create table shop.secrets (id int primary key);`,
  pg: `
    create table orders (order_id int primary key, customer_id bigint, order_ts timestamp(3), shipped date,
      order_total_usd numeric(5,2), item varchar(50));
    create table customers (id bigint primary key, "full name" varchar(50), visits smallint, photo bytea);
    create table prices (item varchar(50), country varchar(2), price numeric(10,3), id uuid, primary key (item, country));
    create table secrets (id int primary key);`,
};

export interface Shop {
  readonly broker: Broker;
  readonly registry: Registry;
  readonly worker: Worker;
  readonly maria: DatabaseServer;
  readonly pg: DatabaseServer;
  /** The rendered configuration of a source's connector. Nothing of it is changed for the test but addresses and paths. */
  connector(source: string): Record<string, string>;
}

/**
 * The data plane as the stack makes it: topics, ACLs, `worker.properties`, the secrets file and the databases' scripts
 * are the rendered ones. The worker logs in over TLS and may do only what its account may do.
 */
export async function startShop(lab: Lab): Promise<Shop> {
  const image = await assemble();
  const broker = await startBroker(lab, { users: { [kafkaKey.key]: kafkaKey.secret } });
  await createTopics(broker);
  const registry = await startRegistry(lab);
  const maria = await startMariaDb(lab);
  maria.sql(tables.maria);
  maria.sql(`set @cdc_password = 'Maria''s';\n${script("maria")}`);
  const pg = await startPostgres(lab);
  pg.sql("create database shop");
  pg.sql(tables.pg, { database: "shop" });
  pg.sql(`set cdc.password = 'Pg''s';\n${script("pg")}`, { database: "shop" });

  const worker = await Worker.at(lab, image);
  const { ca } = certificates(lab);
  const { secretsFile } = worker;
  await worker.start({
    properties: workerPropertiesText({
      bootstrapServers: broker.saslSsl,
      registryUrl: registry.url,
      port: worker.port,
      pluginPath: worker.plugins,
      replicationFactor: 1,
      secretsFile,
      truststore: ca,
    }),
    secrets: secretsProperties({
      kafka: kafkaKey,
      registry: { key: "registry", secret: "secret" },
      passwords: { mssql: "x", mysql: "x", maria: "Maria's", pg: "Pg's" },
    }),
    ca: { maria: ca, pg: ca },
  });

  const ports: Record<string, number> = { maria: maria.port, pg: pg.port };
  return {
    broker,
    registry,
    worker,
    maria,
    pg,
    connector(name) {
      const settings: SourceSettings = {
        stack,
        // Port 9 is nobody's: SQL Server and MySQL cannot be had here.
        database: {
          host: "127.0.0.1",
          port: ports[name] ?? 9,
          database: "shop",
          user: "cdc",
          tls: "verify",
          hasCa: true,
        },
        bootstrapServers: broker.saslSsl,
        kafkaSecurity: kafkaSecurity({ secretsFile, truststore: ca }),
        secretsFile,
        trustFolder: worker.trust,
        caFolder: worker.ca,
        serverId: derivedServerId(stack, name),
        extra: {},
      };
      return sourceConnector(sourceNamed(name), settings);
    },
  };
}

async function createTopics(broker: Broker): Promise<void> {
  await broker.createTopics(
    topicsOf(graph, { partitions: 2, retentionDays: 7 }).map(({ name, partitions, config }) => ({
      topic: name,
      numPartitions: partitions,
      configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
    })),
  );
  for (const principal of principalsOf(graph)) {
    await broker.allow(principal.name, aclsOf(principal));
  }
}

/** What the administrator of the source's database runs. */
function script(name: string): string {
  const source = sourceNamed(name);
  const folder = path.join(import.meta.dirname, "..", "..", "sql", "sources");
  const template = readFileSync(path.join(folder, templateOf(source.kind, "enable")), "utf8");
  return databaseSetup(source, { stack, database: "shop", user: "cdc" }, template);
}
