-- Which customers have which loyalty level? The customers and their cards, both by the customer's number.
CREATE TABLE CUSTOMERS_LOYAL WITH (KAFKA_TOPIC = 'CUSTOMERS_LOYAL', FORMAT = 'AVRO') AS
SELECT
  c.id AS customer_key,
  AS_VALUE(c.id) AS customer_id,
  CONCAT_WS(' ', c.first_name, c.last_name) AS full_name,
  l.level AS loyalty_level
FROM customers c
LEFT JOIN loyalty l ON c.id = l.id
EMIT CHANGES;
