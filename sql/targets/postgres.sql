-- Target :{target}: the pipeline's tables in the PostgreSQL database :{database} (13 or newer), and the user that writes them.
--
-- Run it as an administrator, in one session:
--   psql -h SERVER -d DATABASE -v ON_ERROR_STOP=1 -f FILE
-- Run it before the target is turned on, and again after a table or a column was added: it makes what is missing, and
-- changes nothing that is there. Each step ends with a check: its result is OK, or says what is wrong.
--
-- The password of :{user} stands in no file. It is needed once, when the role is made. Before this script, in the same
-- session, run (psql also takes it as -c before -f):
--   SET sink.password = '...';
SET standard_conforming_strings = on;
SET client_min_messages = warning;
SET lock_timeout = '10s'; -- better this script fails and is run again than that everyone waits behind it
SET sink.database = :{'database'};
SET sink.role = :{'user'};
DO $$
BEGIN
  IF current_database() <> current_setting('sink.database') THEN
    RAISE EXCEPTION 'this is database %: connect to %', current_database(), current_setting('sink.database');
  END IF;
END $$;

-- 1. The role: its own, never a superuser. It may log in, and in this database no more than what follows.
DO $$
DECLARE
  sink_user text := current_setting('sink.role');
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = sink_user) THEN
    IF coalesce(current_setting('sink.password', true), '') = '' THEN
      RAISE EXCEPTION 'there is no password for role %: run SET sink.password = ''...'' first, in this session', sink_user;
    END IF;
    EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', sink_user, current_setting('sink.password'));
  END IF;
END $$;
GRANT CONNECT ON DATABASE :{database} TO :{user};
CREATE SCHEMA IF NOT EXISTS :{schema};
GRANT USAGE ON SCHEMA :{schema} TO :{user};
SELECT 'role' AS "check",
  CASE
    WHEN rolsuper THEN 'the role is a superuser: ALTER ROLE ... NOSUPERUSER'
    WHEN NOT rolcanlogin THEN 'the role may not log in: ALTER ROLE ... LOGIN'
    ELSE 'OK'
  END AS result
FROM pg_roles WHERE rolname = :{'user'};

-- 2. The tables, each with the current rows of one topic. The role writes and deletes rows by their key; it owns nothing.
-- :{for tables}
CREATE TABLE IF NOT EXISTS :{table} (:{definitions}, PRIMARY KEY (:{key}));
-- :{for columns}
ALTER TABLE :{table} ADD COLUMN IF NOT EXISTS :{column} :{type};
-- :{end}
GRANT SELECT, INSERT, UPDATE, DELETE ON :{table} TO :{user};
SELECT :{'table'} AS "check",
  CASE WHEN (
    SELECT array_agg(attribute.attname ORDER BY place.ordinality)
    FROM pg_index, unnest(indkey) WITH ORDINALITY AS place (attnum, ordinality)
    JOIN pg_attribute AS attribute USING (attnum)
    WHERE indrelid = :{'table'}::regclass AND attribute.attrelid = indrelid AND indisprimary
  ) = :{'keyNames'}::name[] THEN 'OK' ELSE 'its primary key is not ' || :{'key'} || ': rows would not find their place' END AS result;
-- :{end}
