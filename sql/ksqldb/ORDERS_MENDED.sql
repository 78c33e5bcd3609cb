-- Which orders can be counted on? Missing items and impossible totals are replaced, and a column says what was done.
CREATE STREAM ORDERS_MENDED WITH (KAFKA_TOPIC = 'ORDERS_MENDED', FORMAT = 'AVRO') AS
SELECT
  order_id AS order_key,
  AS_VALUE(order_id) AS order_id,
  customer_id,
  order_ts,
  CASE
    WHEN item IS NULL OR TRIM(item) = '' THEN 'unknown'
    ELSE item
  END AS item,
  CASE
    WHEN order_total_usd < 0 THEN CAST(0 AS DECIMAL(5, 2))
    ELSE order_total_usd
  END AS order_total_usd,
  CASE
    WHEN (item IS NULL OR TRIM(item) = '') AND order_total_usd < 0 THEN 'item and total'
    WHEN item IS NULL OR TRIM(item) = '' THEN 'item'
    WHEN order_total_usd < 0 THEN 'total'
    ELSE 'nothing'
  END AS mended
FROM orders
EMIT CHANGES;
