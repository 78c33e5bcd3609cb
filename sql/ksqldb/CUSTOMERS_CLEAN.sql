-- Who are the customers, in a form that nobody has to tidy up again? Names in one column, no surplus spaces, lower-case
-- e-mail addresses, the country first; what nobody reads is left out.
CREATE TABLE CUSTOMERS_CLEAN WITH (KAFKA_TOPIC = 'CUSTOMERS_CLEAN', FORMAT = 'AVRO') AS
SELECT
  id AS customer_key,
  AS_VALUE(id) AS customer_id,
  country,
  city,
  CONCAT_WS(' ', TRIM(first_name), TRIM(last_name)) AS full_name,
  LCASE(TRIM(email)) AS email,
  company
FROM customers
EMIT CHANGES;
