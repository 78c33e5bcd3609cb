-- What sells in each hour? Orders and turnover of every item, hour by hour; an order that is ten minutes late still counts.
CREATE TABLE ITEM_SALES_HOURLY WITH (KAFKA_TOPIC = 'ITEM_SALES_HOURLY', FORMAT = 'AVRO') AS
SELECT
  item AS item_key,
  AS_VALUE(item) AS item,
  WINDOWSTART AS window_start,
  WINDOWEND AS window_end,
  COUNT(*) AS orders,
  SUM(CAST(order_total_usd AS DECIMAL(38, 2))) AS turnover_usd
FROM orders_placed
WINDOW TUMBLING (SIZE 1 HOUR, RETENTION 7 DAYS, GRACE PERIOD 10 MINUTES)
GROUP BY item
EMIT CHANGES;
