-- When was each order placed? Every order once, at the time at which it was placed and not at which it was read; what
-- counts or matches by time reads this. Later changes and deletions of an order, and those without a time, are left out.
CREATE STREAM ORDERS_PLACED WITH (KAFKA_TOPIC = 'ORDERS_PLACED', FORMAT = 'AVRO', TIMESTAMP = 'order_ts') AS
SELECT
  order_id AS order_key,
  AS_VALUE(order_id) AS order_id,
  customer_id,
  order_ts,
  order_total_usd,
  item
FROM orders
WHERE __op IN ('c', 'r') AND order_ts IS NOT NULL
EMIT CHANGES;
