-- How long do orders wait for their shipment? Every order with the shipment that left within a week.
CREATE STREAM ORDERS_SHIPPED WITH (KAFKA_TOPIC = 'ORDERS_SHIPPED', FORMAT = 'AVRO') AS
SELECT
  o.order_key AS order_key,
  AS_VALUE(o.order_key) AS order_id,
  s.shipment_id AS shipment_id,
  o.item AS item,
  s.carrier AS carrier,
  o.order_ts AS order_ts,
  s.shipped_ts AS shipped_ts,
  (UNIX_TIMESTAMP(s.shipped_ts) - UNIX_TIMESTAMP(o.order_ts)) / 60000 AS waited_minutes
FROM orders_placed o
INNER JOIN shipments s WITHIN (0 SECONDS, 7 DAYS) GRACE PERIOD 1 HOUR ON o.order_key = s.order_id
WHERE s.__deleted = 'false'
EMIT CHANGES;
