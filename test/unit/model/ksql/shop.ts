import { checkKsql } from "../../../../model/ksql/check.ts";
import type { Relation } from "../../../../model/ksql/statement.ts";

/** What a small shop declares: streams of facts, tables of entities, of every kind that statements may trip over. */
const declared = `
CREATE STREAM orders (order_id INT KEY, customer_id INT, order_ts TIMESTAMP, order_total_usd DECIMAL(5, 2), item STRING,
  address STRUCT<street STRING, city STRING>, tags ARRAY<STRING>, quantity INT, \`__deleted\` STRING)
  WITH (KAFKA_TOPIC = 'mssql.dbo.ORDERS', FORMAT = 'AVRO', PARTITIONS = 3, TIMESTAMP = 'order_ts');
CREATE STREAM shipments (shipment_id INT KEY, order_id INT, shipped_ts TIMESTAMP, carrier STRING)
  WITH (KAFKA_TOPIC = 'mssql.dbo.SHIPMENTS', FORMAT = 'AVRO', PARTITIONS = 3, TIMESTAMP = 'shipped_ts');
CREATE STREAM returns (return_id INT KEY, order_id INT)
  WITH (KAFKA_TOPIC = 'mssql.dbo.RETURNS', FORMAT = 'AVRO', PARTITIONS = 6);
CREATE TABLE customers (id INT PRIMARY KEY, first_name STRING, last_name STRING, email STRING, company STRING,
  street_address STRING, city STRING, country STRING, referrer_id INT)
  WITH (KAFKA_TOPIC = 'mysql.customers', FORMAT = 'AVRO', PARTITIONS = 3);
CREATE TABLE companies (name STRING PRIMARY KEY, industry STRING)
  WITH (KAFKA_TOPIC = 'mysql.companies', FORMAT = 'AVRO', PARTITIONS = 3);
CREATE TABLE loyalty (id INT PRIMARY KEY, level STRING)
  WITH (KAFKA_TOPIC = 'mysql.loyalty', FORMAT = 'AVRO', PARTITIONS = 3);
CREATE TABLE countries (code STRING PRIMARY KEY, title STRING)
  WITH (KAFKA_TOPIC = 'mysql.countries', FORMAT = 'AVRO', PARTITIONS = 1);
CREATE TABLE prices (item STRING PRIMARY KEY, region STRING PRIMARY KEY, price DECIMAL(9, 2))
  WITH (KAFKA_TOPIC = 'mysql.prices', FORMAT = 'AVRO', PARTITIONS = 3);
CREATE TABLE hourly (item STRING PRIMARY KEY, total DECIMAL(38, 2))
  WITH (KAFKA_TOPIC = 'HOURLY', FORMAT = 'AVRO', PARTITIONS = 3, WINDOW_TYPE = 'TUMBLING', WINDOW_SIZE = '1 HOUR');
CREATE STREAM hourly_stream (item STRING KEY, total DECIMAL(38, 2))
  WITH (KAFKA_TOPIC = 'HOURLY', FORMAT = 'AVRO', PARTITIONS = 3, WINDOW_TYPE = 'TUMBLING', WINDOW_SIZE = '1 HOUR');
CREATE STREAM clicks (url STRING) WITH (KAFKA_TOPIC = 'clicks', VALUE_FORMAT = 'JSON', PARTITIONS = 3);
CREATE SOURCE STREAM audit (id INT KEY, what STRING) WITH (KAFKA_TOPIC = 'audit', FORMAT = 'AVRO', PARTITIONS = 3);
CREATE STREAM outbox (order_key INT KEY, order_id INT, item STRING)
  WITH (KAFKA_TOPIC = 'outbox', FORMAT = 'AVRO', PARTITIONS = 3);
`;

export const shop: readonly Relation[] = (() => {
  const { relations, mistakes } = checkKsql([{ file: "shop.sql", text: declared }]);
  if (mistakes.length > 0) {
    throw new Error(JSON.stringify(mistakes, undefined, 2));
  }
  return [...relations.values()];
})();
