import type { Lab } from "../../dataplane/engines/processes.ts";
import { bytes, date, decimal, int16, int32, int64, text, timestamp, uuid } from "../../model/columnTypes.ts";
import { declaredGraph, type Graph, type Source } from "../../model/graph.ts";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { Plane } from "./plane.ts";

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

/** Facts: a table of orders. */
export function orders(name: string): PipelineDeclaration["sources"][string]["tables"][string] {
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
    create table orders (order_id int primary key, customer_id bigint, order_ts datetime(3), shipped date,
      order_total_usd decimal(5,2), item varchar(50));
    create table customers (id bigint primary key, \`full name\` varchar(50), visits smallint, photo blob);
    create table secrets (id int primary key);`,
  pg: `
    create table orders (order_id int primary key, customer_id bigint, order_ts timestamp(3), shipped date,
      order_total_usd numeric(5,2), item varchar(50));
    create table customers (id bigint primary key, "full name" varchar(50), visits smallint, photo bytea);
    create table prices (item varchar(50), country varchar(2), price numeric(10,3), id uuid, primary key (item, country));
    create table secrets (id int primary key);`,
};

/** The data plane of this declaration. */
export type Shop = Plane;

export function startShop(lab: Lab): Promise<Shop> {
  return Plane.start(lab, { declaration, tables });
}
