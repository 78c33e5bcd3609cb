-- Target :{target}: the pipeline's tables in the Redshift database :{database}, and the user that fills them.
--
-- Run it as the administrator (the query editor takes it whole; with psql: -v ON_ERROR_STOP=1 -f FILE). Run it before the
-- connector is made, and again after a result or a column was added: it makes what is missing, and changes nothing that is
-- there but the views.
--
-- The password of :{user} stands in no file. Once, before this script, with a password of 8 to 64 characters, of which one
-- is a capital letter, one a small one and one a digit, and none is a quote, \, /, @ or a space:
--   CREATE USER :{user} PASSWORD '...';

-- 1. What the user may: reach the schema, and add rows to each table. It owns nothing, and reads what it adds to, since the
-- connector looks at a table's columns before it writes.
CREATE SCHEMA IF NOT EXISTS :{schema};
GRANT USAGE ON SCHEMA :{schema} TO :{user};

-- 2. Redshift adds no column "if not exists": this procedure looks first.
CREATE OR REPLACE PROCEDURE :{addColumn}(at_schema VARCHAR(127), at_table VARCHAR(127), named VARCHAR(127), typed VARCHAR(127))
LANGUAGE plpgsql AS $$
DECLARE
  found BIGINT;
BEGIN
  SELECT COUNT(*) INTO found FROM information_schema.columns
  WHERE table_schema = at_schema AND table_name = at_table AND column_name = named;
  IF found = 0 THEN
    EXECUTE 'ALTER TABLE ' || quote_ident(at_schema) || '.' || quote_ident(at_table) || ' ADD COLUMN ' || quote_ident(named) || ' ' || typed;
  END IF;
END;
$$;

-- 3. The tables, each with every record of one topic: its history. The sink calls a table as the topic is called. Redshift
-- chooses how rows are spread and sorted (AUTO is its default).
-- :{for tables}
CREATE TABLE IF NOT EXISTS :{table} (:{definitions});
-- :{for columns}
CALL :{addColumn}(:{'schema'}, :{'name'}, :{'column'}, :{'type'});
-- :{end}
GRANT SELECT, INSERT ON :{table} TO :{user};
-- :{end}

-- 4. The current state of those whose rows have a key: of each the last version, without what is gone.
-- :{for states}
DROP VIEW IF EXISTS :{view};
CREATE VIEW :{view} AS
SELECT :{shown}
FROM (
  SELECT :{inner}, ROW_NUMBER() OVER (PARTITION BY :{key} ORDER BY :{newest}) AS :{version}
  FROM :{table}
) AS versions
WHERE :{condition};
-- :{end}
