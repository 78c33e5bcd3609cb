import { secretKeys } from "../../../model/connect/worker.ts";
import { fileReference } from "../../../model/connect/properties.ts";
import type { DatabaseServer } from "../../../dataplane/engines/databaseServer.ts";
import type { Plane } from "../plane.ts";
import type { Change } from "./account.ts";

/** A database in Postgres that stands for the target `warehouse`. */
export class Warehouse {
  readonly #server: DatabaseServer;

  constructor(server: DatabaseServer) {
    this.#server = server;
    server.sql(
      "create database warehouse; create role loader login password 'loads'; alter database warehouse owner to loader;",
    );
  }

  get url(): string {
    return `jdbc:postgresql://127.0.0.1:${this.#server.port}/warehouse`;
  }

  /** The rows of the changes' keys, each as it is now: key to number of the change, or that of a deleted row, negative. */
  rows(changes: readonly Change[]): Map<number, number> {
    const keys = changes.map(({ key }) => key);
    const lines = this.#server.sql(
      `select order_id, case __deleted when 'true' then -customer_id else customer_id end from orders
       where order_id between ${keys.reduce((a, b) => Math.min(a, b))} and ${keys.reduce((a, b) => Math.max(a, b))} order by order_id`,
      { database: "warehouse" },
    );
    return new Map(lines.split("\n").map((line) => line.split("\t").map(Number) as [number, number]));
  }
}

/** What `rows` gives once all of them have come. */
export function lastOf(changes: readonly Change[]): Map<number, number> {
  // In the order of the keys, as the rows are.
  return new Map(
    changes.toSorted((a, b) => a.key - b.key).map(({ key, change, deleted }) => [key, deleted ? -change : change]),
  );
}

/** A sink connector on our workers, with the names, rights and dead letters that the stack gives one. */
export function sinkTo(warehouse: Warehouse, { worker }: Plane): Record<string, string> {
  const login = fileReference(worker.secretsFile, secretKeys.sink("warehouse"));
  return {
    "connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector",
    topics: "maria.orders",
    "connection.url": warehouse.url,
    "connection.username": "loader",
    "connection.password": "loads",
    "insert.mode": "upsert",
    "primary.key.mode": "record_value",
    "primary.key.fields": "order_id",
    "collection.name.format": "orders",
    "schema.evolution": "basic",
    "errors.tolerance": "all",
    "errors.deadletterqueue.topic.name": "dlq.warehouse",
    "errors.deadletterqueue.context.headers.enable": "true",
    ...Object.fromEntries(
      ["consumer", "producer", "admin"].map((client) => [`${client}.override.sasl.jaas.config`, login]),
    ),
  };
}
