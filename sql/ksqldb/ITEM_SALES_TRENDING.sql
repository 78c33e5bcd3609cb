-- What sells right now? Orders and turnover of every item in the last hour, anew every ten minutes.
CREATE TABLE ITEM_SALES_TRENDING WITH (KAFKA_TOPIC = 'ITEM_SALES_TRENDING', FORMAT = 'AVRO') AS
SELECT
  item AS item_key,
  AS_VALUE(item) AS item,
  WINDOWSTART AS window_start,
  WINDOWEND AS window_end,
  COUNT(*) AS orders,
  SUM(CAST(order_total_usd AS DECIMAL(38, 2))) AS turnover_usd
FROM orders_placed
WINDOW HOPPING (SIZE 1 HOUR, ADVANCE BY 10 MINUTES, RETENTION 7 DAYS, GRACE PERIOD 10 MINUTES)
GROUP BY item
EMIT CHANGES;
