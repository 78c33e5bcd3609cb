-- Which orders go to the key accounts? Those of 500 dollars and more; ORDERS_REGULAR has the others.
CREATE STREAM ORDERS_LARGE WITH (KAFKA_TOPIC = 'ORDERS_LARGE', FORMAT = 'AVRO') AS
SELECT
  order_id AS order_key,
  AS_VALUE(order_id) AS order_id,
  customer_id,
  order_ts,
  order_total_usd,
  item
FROM orders
WHERE order_total_usd >= 500
EMIT CHANGES;
