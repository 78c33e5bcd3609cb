-- How do customers shop? Orders of one customer that are less than half an hour apart, as one visit.
CREATE TABLE CUSTOMER_SESSIONS WITH (KAFKA_TOPIC = 'CUSTOMER_SESSIONS', FORMAT = 'AVRO') AS
SELECT
  customer_id AS customer_key,
  AS_VALUE(customer_id) AS customer_id,
  WINDOWSTART AS window_start,
  WINDOWEND AS window_end,
  COUNT(*) AS orders,
  SUM(CAST(order_total_usd AS DECIMAL(38, 2))) AS spent_usd
FROM orders_placed
WINDOW SESSION (30 MINUTES, RETENTION 7 DAYS, GRACE PERIOD 10 MINUTES)
GROUP BY customer_id
EMIT CHANGES;
