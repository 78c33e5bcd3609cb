-- How large are orders? Every order with the band that its total falls into, of 50 dollars each; the last has no end.
CREATE STREAM ORDERS_BUCKETED WITH (KAFKA_TOPIC = 'ORDERS_BUCKETED', FORMAT = 'AVRO') AS
SELECT
  order_id AS order_key,
  AS_VALUE(order_id) AS order_id,
  customer_id,
  order_total_usd,
  LEAST(CAST(FLOOR(CAST(order_total_usd AS DOUBLE) / 50) AS INTEGER) * 50, 500) AS band_from_usd,
  CASE
    WHEN order_total_usd < 500 THEN CAST(FLOOR(CAST(order_total_usd AS DOUBLE) / 50) AS INTEGER) * 50 + 50
  END AS band_to_usd
FROM orders
EMIT CHANGES;
