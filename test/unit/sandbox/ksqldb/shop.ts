import { KsqlEngine, type KsqlOptions } from "../../../../sandbox/ksqldb/engine.ts";
import { TopicsInMemory } from "../../../../sandbox/ksqldb/state.ts";

export const orders =
  "CREATE STREAM orders (order_id INT KEY, customer_id INT, item STRING, total DECIMAL(5,2)) WITH (KAFKA_TOPIC = 'orders', FORMAT = 'AVRO');";
export const customers =
  "CREATE TABLE customers (id INT PRIMARY KEY, name STRING) WITH (KAFKA_TOPIC = 'customers', FORMAT = 'AVRO');";
export const large = (rest = "", items = "order_id, item, total") =>
  `CREATE STREAM large WITH (KAFKA_TOPIC = 'LARGE', FORMAT = 'AVRO') AS SELECT ${items} FROM orders ${rest} EMIT CHANGES;`;
export const enriched = (rest = "") =>
  "CREATE STREAM enriched WITH (KAFKA_TOPIC = 'ENRICHED', FORMAT = 'AVRO') AS SELECT o.customer_id AS customer_key, " +
  `o.item AS item, c.name AS name FROM orders o LEFT JOIN customers c ON o.customer_id = c.id ${rest} EMIT CHANGES;`;
export const big =
  "CREATE STREAM big WITH (KAFKA_TOPIC = 'BIG', FORMAT = 'AVRO') AS SELECT * FROM enriched WHERE item = 'car' EMIT CHANGES;";

/** A server with two topics, in which these statements have been run. */
export function shopServer(statements: readonly string[] = [], options: Partial<KsqlOptions> = {}): KsqlEngine {
  const topics = new TopicsInMemory({ orders: 3, customers: 3, other: 6 });
  const engine = new KsqlEngine({ topics, ...options });
  for (const ksql of statements) {
    const answer = engine.run({ ksql });
    if (answer.status !== 200) {
      throw new Error(`${ksql}\n${JSON.stringify(answer.body)}`);
    }
  }
  return engine;
}
