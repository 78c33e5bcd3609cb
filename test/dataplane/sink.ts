import { fileReference } from "../../model/connect/properties.ts";
import { secretKeys } from "../../model/connect/worker.ts";
import { deadLetterPrefix } from "../../model/internalNames.ts";
import type { Plane } from "./plane.ts";

/** Makes the databases that stand for the warehouses of targets, each under its target's name. */
export function makeWarehouses(plane: Plane, ...targets: readonly string[]): void {
  plane.pg.sql("create role loader login password 'loader'");
  targets.forEach((target) => plane.pg.sql(`create database ${target} owner loader`));
}

/**
 * A sink connector on our workers, with the Kafka key of its target: Debezium's JDBC sink, which is in the image. A
 * topic's table is called as the topic is, with `_` for `.`; a row is its last state by `id`.
 */
export function sinkConnector(plane: Plane, target: string, topics: readonly string[]): Record<string, string> {
  const login = fileReference(plane.worker.secretsFile, secretKeys.sink(target));
  return {
    "connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector",
    "tasks.max": "1",
    topics: topics.join(","),
    "connection.url": `jdbc:postgresql://127.0.0.1:${plane.pg.port}/${target}`,
    "connection.username": "loader",
    "connection.password": "loader",
    "insert.mode": "upsert",
    "primary.key.mode": "record_value",
    "primary.key.fields": "id",
    "schema.evolution": "basic",
    "consumer.override.sasl.jaas.config": login,
    "producer.override.sasl.jaas.config": login,
    "admin.override.sasl.jaas.config": login,
    "errors.tolerance": "all",
    "errors.deadletterqueue.topic.name": deadLetterPrefix + target,
    "errors.deadletterqueue.topic.replication.factor": "1",
  };
}

/** What a query finds in a target's warehouse: rows of columns. */
export function inWarehouse(plane: Plane, target: string, query: string): string[][] {
  const printed = plane.pg.sql(query, { database: target });
  return printed === "" ? [] : printed.split("\n").map((line) => line.split("\t"));
}
