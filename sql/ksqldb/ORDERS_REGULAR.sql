-- Which orders take the usual way? Those below 500 dollars or without a total; ORDERS_LARGE has the others.
CREATE STREAM ORDERS_REGULAR WITH (KAFKA_TOPIC = 'ORDERS_REGULAR', FORMAT = 'AVRO') AS
SELECT
  order_id AS order_key,
  AS_VALUE(order_id) AS order_id,
  customer_id,
  order_ts,
  order_total_usd,
  item
FROM orders
WHERE order_total_usd < 500 OR order_total_usd IS NULL
EMIT CHANGES;
