-- Who ordered what? Every order with its customer's name and address of that moment; once more when it is deleted.
CREATE STREAM ORDERS_ENRICHED WITH (KAFKA_TOPIC = 'ORDERS_ENRICHED', FORMAT = 'AVRO') AS
SELECT
  o.order_id AS order_key,
  AS_VALUE(o.order_id) AS order_id,
  o.item AS item,
  o.order_total_usd AS order_total_usd,
  CONCAT_WS(' ', c.first_name, c.last_name) AS full_name,
  c.email AS email,
  c.company AS company,
  c.street_address AS street_address,
  c.city AS city,
  c.country AS country,
  o.__deleted AS __deleted
FROM orders o
LEFT JOIN customers c ON o.customer_id = c.id
PARTITION BY o.order_id
EMIT CHANGES;
