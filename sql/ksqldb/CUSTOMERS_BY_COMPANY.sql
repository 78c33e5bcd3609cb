-- What does each customer's company do? The customers with their company, found by its name: a foreign key.
CREATE TABLE CUSTOMERS_BY_COMPANY WITH (KAFKA_TOPIC = 'CUSTOMERS_BY_COMPANY', FORMAT = 'AVRO') AS
SELECT
  c.id AS customer_key,
  AS_VALUE(c.id) AS customer_id,
  CONCAT_WS(' ', c.first_name, c.last_name) AS full_name,
  c.company AS company,
  f.industry AS industry
FROM customers c
LEFT JOIN companies f ON c.company = f.name
EMIT CHANGES;
