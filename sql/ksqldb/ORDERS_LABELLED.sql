-- Which orders does somebody have to look at? Every order with a size, a day and whether it came at a weekend.
CREATE STREAM ORDERS_LABELLED WITH (KAFKA_TOPIC = 'ORDERS_LABELLED', FORMAT = 'AVRO') AS
SELECT
  order_id AS order_key,
  AS_VALUE(order_id) AS order_id,
  customer_id,
  item,
  order_total_usd,
  CASE
    WHEN order_total_usd >= 500 THEN 'large'
    WHEN order_total_usd >= 100 THEN 'medium'
    WHEN order_total_usd >= 0 THEN 'small'
    ELSE 'unknown'
  END AS size_label,
  FORMAT_TIMESTAMP(order_ts, 'yyyy-MM-dd') AS order_day,
  -- 1 January 1970 was a Thursday.
  (UNIX_DATE(CAST(order_ts AS DATE)) + 3) % 7 >= 5 AS is_weekend
FROM orders
EMIT CHANGES;
