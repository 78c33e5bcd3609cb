-- How large are orders? Every order with the band that its total falls into, of 50 dollars each, up to 500.
CREATE STREAM ORDERS_BUCKETED WITH (KAFKA_TOPIC = 'ORDERS_BUCKETED', FORMAT = 'AVRO') AS
SELECT
  order_id AS order_key,
  AS_VALUE(order_id) AS order_id,
  customer_id,
  order_total_usd,
  LEAST(CAST(FLOOR(CAST(order_total_usd AS DOUBLE) / 50) AS INTEGER) * 50, 500) AS band_from_usd,
  LEAST(CAST(FLOOR(CAST(order_total_usd AS DOUBLE) / 50) AS INTEGER) * 50 + 50, 550) AS band_to_usd
FROM orders
EMIT CHANGES;
