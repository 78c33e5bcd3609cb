-- Source :{source}: what Debezium needs in the PostgreSQL database :{database} (13 or newer), and why.
--
-- Run it as a superuser (RDS: rds_superuser that owns the tables), in one session:
--   psql -h SERVER -d DATABASE -v ON_ERROR_STOP=1 -f FILE
-- Running it again changes nothing. Each step ends with a check: its result is OK, or says what is wrong. Settings of
-- the server are checked only: set them in postgresql.conf (RDS: in the parameter group).
--
-- The password of :{user} stands in no file. It is needed once, when the role is made. Before this script, in the same
-- session, run (psql also takes it as -c before -f):
--   SET cdc.password = '...';
--
-- pg_hba.conf must let :{user} into this database from the workers' addresses, best by hostssl and scram-sha-256.
-- A line for "replication" is not needed: logical replication connects to a database.
SET standard_conforming_strings = on;
SET client_min_messages = warning;
SET lock_timeout = '10s'; -- better this script fails and is run again than that everyone waits behind it
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

-- 1. The server. Debezium reads the write-ahead log (WAL) through a logical replication slot, :{slot}. The connector
-- makes it at its first start: a slot without a reader keeps all WAL from then on. The undo script drops it.
SELECT 'wal_level' AS "check",
  CASE WHEN current_setting('wal_level') = 'logical' THEN 'OK'
    ELSE format('wal_level is %s: set it to logical and restart (RDS: rds.logical_replication = 1)', current_setting('wal_level')) END AS result
UNION ALL
SELECT 'max_replication_slots',
  CASE
    WHEN EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = :{'slot'}) THEN 'OK'
    WHEN current_setting('max_replication_slots')::int > (SELECT count(*) FROM pg_replication_slots) THEN 'OK'
    ELSE format('max_replication_slots is %s, and all are taken: raise it and restart', current_setting('max_replication_slots'))
  END
UNION ALL
SELECT 'max_wal_senders',
  CASE
    WHEN EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = :{'slot'} AND active) THEN 'OK'
    WHEN current_setting('max_wal_senders')::int > (SELECT count(*) FROM pg_stat_replication) THEN 'OK'
    ELSE format('max_wal_senders is %s, and all are taken: raise it and restart', current_setting('max_wal_senders'))
  END
UNION ALL
-- While the connector is down its slot keeps WAL. Without a limit that fills the disk; beyond a limit the slot is lost,
-- and the connector has to read every table anew. So: as much as is written in :{outageMinutes} minutes, if the disk holds it.
SELECT 'max_slot_wal_keep_size',
  CASE WHEN current_setting('max_slot_wal_keep_size') = '-1'
    THEN 'OK, but a connector that is down lets WAL fill the disk: set max_slot_wal_keep_size, e.g. to half of what is free'
    ELSE 'OK' END
UNION ALL
SELECT 'slot',
  CASE
    WHEN wal_status = 'lost' THEN 'the slot has lost WAL that the connector needs: drop it and let the connector read the tables anew'
    WHEN database <> current_database() THEN format('a slot of this name belongs to database %s', database)
    WHEN plugin <> 'pgoutput' THEN format('the slot decodes with %s, not with pgoutput', plugin)
    ELSE 'OK'
  END
FROM pg_replication_slots WHERE slot_name = :{'slot'};

-- 2. The publication: which tables' changes leave the database. The connector makes none of its own
-- (publication.autocreate.mode=disabled), since it would have to own the tables for that. Changes of partitions come
-- under their table's name. Its comment notes what this script changed, for the undo script.
DO $$
DECLARE
  publication text := current_setting('cdc.publication');
BEGIN
  IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = publication) THEN
    EXECUTE format('CREATE PUBLICATION %I WITH (publish_via_partition_root = true)', publication);
    EXECUTE format('COMMENT ON PUBLICATION %I IS %L', publication, '{}');
  END IF;
END $$;
CREATE OR REPLACE FUNCTION pg_temp.noted() RETURNS jsonb LANGUAGE sql AS $$
  SELECT coalesce(obj_description(oid, 'pg_publication'), '{}')::jsonb FROM pg_publication WHERE pubname = current_setting('cdc.publication')
$$;
CREATE OR REPLACE FUNCTION pg_temp.note(key text, value text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('COMMENT ON PUBLICATION %I IS %L', current_setting('cdc.publication'), pg_temp.noted() || jsonb_build_object(key, value));
END $$;

-- 3. The role: its own, never a superuser.
DO $$
DECLARE
  cdc_user text := current_setting('cdc.role');
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = cdc_user) THEN
    IF coalesce(current_setting('cdc.password', true), '') = '' THEN
      RAISE EXCEPTION 'there is no password for role %: run SET cdc.password = ''...'' first, in this session', cdc_user;
    END IF;
    EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', cdc_user, current_setting('cdc.password'));
    PERFORM pg_temp.note('role', cdc_user);
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication') THEN -- RDS has a role in place of the attribute
    IF NOT pg_has_role(cdc_user, 'rds_replication', 'MEMBER') THEN
      EXECUTE format('GRANT rds_replication TO %I', cdc_user);
      PERFORM pg_temp.note('replication', 'role');
    END IF;
  ELSIF NOT (SELECT rolreplication FROM pg_roles WHERE rolname = cdc_user) THEN
    EXECUTE format('ALTER ROLE %I REPLICATION', cdc_user);
    PERFORM pg_temp.note('replication', 'attribute');
  END IF;
END $$;
GRANT CONNECT ON DATABASE :{database} TO :{user};
SELECT 'role' AS "check",
  CASE
    WHEN rolsuper THEN 'the role is a superuser: ALTER ROLE ... NOSUPERUSER'
    WHEN NOT rolcanlogin THEN 'the role may not log in: ALTER ROLE ... LOGIN'
    WHEN NOT rolreplication AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication')
      THEN 'the role may not replicate: ALTER ROLE ... REPLICATION'
    ELSE 'OK'
  END AS result
FROM pg_roles WHERE rolname = :{'user'};

-- 4. The signal table: a row in it asks the running connector for something, e.g. to read a table again. Debezium
-- writes its watermarks here too.
DO $$
BEGIN
  IF to_regclass(current_setting('cdc.signal_table')) IS NULL THEN
    EXECUTE 'CREATE TABLE ' || current_setting('cdc.signal_table')
      || ' (id varchar(42) PRIMARY KEY, type varchar(32) NOT NULL, data varchar(2048))';
    PERFORM pg_temp.note('signal table', current_setting('cdc.signal_table'));
  END IF;
END $$;
GRANT USAGE ON SCHEMA :{signalSchema} TO :{user};
GRANT SELECT, INSERT ON :{signalTable} TO :{user};
SELECT 'signal table' AS "check",
  CASE WHEN (SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(:{'signalTable'}) AND attname IN ('id', 'type', 'data')) = 3
    THEN 'OK' ELSE 'the signal table lacks one of the columns id, type and data' END AS result;

-- 5. Each table. REPLICA IDENTITY FULL: a deleted row arrives whole, and so does a large value that an update did not
-- touch; without it both are missing. It makes WAL larger by the old row of every update and delete. Of a partitioned
-- table it is set on each partition (and must be on each new one). SELECT is for the first snapshot, on whole tables.
CREATE OR REPLACE PROCEDURE pg_temp.set_replica_identity_full(the_table regclass) LANGUAGE plpgsql AS $$
DECLARE
  part record;
BEGIN
  FOR part IN
    SELECT oid::regclass AS name, relreplident FROM pg_class
    WHERE relreplident <> 'f' AND oid IN (SELECT the_table UNION SELECT relid FROM pg_partition_tree(the_table))
  LOOP
    -- An identity by an index cannot be set back without the index's name.
    PERFORM pg_temp.note('replica identity of ' || part.name::oid, CASE part.relreplident
      WHEN 'n' THEN 'NOTHING'
      WHEN 'i' THEN (SELECT format('USING INDEX %I', i.relname) FROM pg_index JOIN pg_class AS i ON i.oid = indexrelid WHERE indrelid = part.name AND indisreplident)
      ELSE 'DEFAULT' END);
    EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', part.name);
  END LOOP;
END $$;
-- :{for tables}
CALL pg_temp.set_replica_identity_full(:{'table'});
GRANT USAGE ON SCHEMA :{schema} TO :{user};
GRANT SELECT ON :{table} TO :{user};
-- :{end}
-- Exactly these: a table that is no longer declared leaves the publication here.
ALTER PUBLICATION :{publication} SET TABLE
-- :{for tables}
  :{table},
-- :{end}
  :{signalTable};
-- :{for captured}
SELECT 'table ' || :{'table'} AS "check",
  CASE
    WHEN NOT has_table_privilege(:{'user'}, :{'table'}, 'SELECT') THEN 'SELECT on it is not granted'
    WHEN NOT EXISTS (SELECT FROM pg_publication_rel JOIN pg_publication ON pg_publication.oid = prpubid
                     WHERE pubname = :{'publication'} AND prrelid = :{'table'}::regclass)
      THEN 'it is not in the publication: ALTER PUBLICATION ... ADD TABLE ...'
    WHEN EXISTS (SELECT FROM pg_class WHERE relreplident <> 'f' AND relkind = 'r' AND oid <> :{'signalTable'}::regclass
                 AND oid IN (SELECT :{'table'}::regclass UNION SELECT relid FROM pg_partition_tree(:{'table'})))
      THEN 'its replica identity is not full: ALTER TABLE ... REPLICA IDENTITY FULL'
    ELSE 'OK'
  END AS result;
-- :{end}

-- Heartbeats need nothing more here: where the connector has a heartbeat query that writes into the WAL
-- (pg_logical_emit_message), anyone may run it. It lets the slot move on while only other databases change.
