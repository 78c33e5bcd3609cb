-- Source :{source}: takes away what its script made in the PostgreSQL database :{database}. No table of yours loses a row.
--
-- Stop the connector first: a slot that is read cannot be dropped. Run it as the one who ran the script:
--   psql -h SERVER -d DATABASE -v ON_ERROR_STOP=1 -f FILE
-- Running it again changes nothing. A role that was there before the script ran stays, without the rights that the
-- script gave it: the comment of the publication says what the script made and changed.
SET standard_conforming_strings = on;
SET client_min_messages = warning;
SET lock_timeout = '10s';
SET cdc.database = :{'database'};
SET cdc.role = :{'user'};
SET cdc.publication = :{'publication'};
SET cdc.signal_table = :{'signalTable'};

DO $$
BEGIN
  IF current_database() <> current_setting('cdc.database') THEN
    RAISE EXCEPTION 'this session is in database %, not in %', current_database(), current_setting('cdc.database');
  END IF;
END $$;

-- 1. The slot, which would keep WAL for ever. What the connector has not read yet is lost to it.
SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
WHERE slot_name = :{'slot'} AND database = current_database() AND NOT active;
SELECT 'slot' AS "check",
  CASE WHEN count(*) = 0 THEN 'OK' ELSE 'the slot is being read: stop the connector, then run this script again' END AS result
FROM pg_replication_slots WHERE slot_name = :{'slot'} AND database = current_database();

-- 2. The replica identities, as they were.
CREATE OR REPLACE FUNCTION pg_temp.noted() RETURNS jsonb LANGUAGE sql AS $$
  SELECT coalesce(
    (SELECT obj_description(oid, 'pg_publication')::jsonb FROM pg_publication WHERE pubname = current_setting('cdc.publication')), '{}')
$$;
DO $$
DECLARE
  former record;
BEGIN
  FOR former IN
    SELECT oid::regclass AS name, value AS identity
    FROM jsonb_each_text(pg_temp.noted()) JOIN pg_class ON key = 'replica identity of ' || oid
  LOOP
    EXECUTE format('ALTER TABLE %s REPLICA IDENTITY %s', former.name, former.identity);
  END LOOP;
END $$;

-- 3. The signal table, the role with all its rights, and the publication with the notes.
DO $$
DECLARE
  notes jsonb := pg_temp.noted();
  cdc_user text := current_setting('cdc.role');
  granted record;
BEGIN
  IF notes ? 'signal table' THEN
    EXECUTE 'DROP TABLE IF EXISTS ' || current_setting('cdc.signal_table');
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = cdc_user) THEN
    IF notes ? 'role' THEN
      EXECUTE format('DROP OWNED BY %I', cdc_user);
      EXECUTE format('DROP ROLE %I', cdc_user);
    ELSIF notes ->> 'replication' = 'attribute' THEN
      EXECUTE format('ALTER ROLE %I NOREPLICATION', cdc_user);
    ELSIF notes ->> 'replication' = 'role' THEN
      EXECUTE format('REVOKE rds_replication FROM %I', cdc_user);
    END IF;
  END IF;
  -- A role that stays may keep its way into the database and the schemas: others may have given it that.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = cdc_user) THEN
    FOR granted IN
      SELECT prrelid::regclass AS name FROM pg_publication_rel JOIN pg_publication ON pg_publication.oid = prpubid
      WHERE pubname = current_setting('cdc.publication')
    LOOP
      EXECUTE format('REVOKE SELECT, INSERT ON %s FROM %I', granted.name, cdc_user);
    END LOOP;
  END IF;
  EXECUTE format('DROP PUBLICATION IF EXISTS %I', current_setting('cdc.publication'));
END $$;
SELECT 'undone' AS "check",
  CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = :{'user'}) THEN 'OK, but the role is still there: the script did not make it'
    ELSE 'OK' END AS result;
