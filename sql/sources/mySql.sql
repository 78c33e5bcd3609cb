-- Source :{source}: what Debezium needs in the MySQL database :{database} (8.0 or newer), and why.
--
-- Run it as an administrator, in one session:  mysql -h SERVER -u root -p -t < FILE
-- Running it again changes nothing. Each step ends with a check: its result is OK, or says what is wrong. Settings of
-- the server are checked only: write them into my.cnf (RDS, Aurora: into the parameter group) and restart.
--
-- The password of :{user} stands in no file. It is needed once, when the user is made. Before this script, in the same
-- session, run (or give it to mysql as --init-command):
--   SET @cdc_password = '...';
SET NAMES utf8mb4;
SET SESSION sql_mode = 'STRICT_TRANS_TABLES';
USE :{database};

-- 1. The binary log, which Debezium reads as a replica does: on, with whole rows before and after each change.
SELECT 'log_bin' AS `check`,
  IF(@@GLOBAL.log_bin, 'OK', 'log_bin is OFF: take skip-log-bin out (RDS, Aurora: turn automated backups on)') AS result
UNION ALL
-- ROW is the default, and all that will be left of this setting.
SELECT 'binlog_format',
  COALESCE(MAX(CONCAT('binlog_format is ', variable_value, ': set it to ROW')), 'OK')
FROM performance_schema.global_variables WHERE variable_name = 'binlog_format' AND variable_value <> 'ROW'
UNION ALL
SELECT 'binlog_row_image',
  IF(@@GLOBAL.binlog_row_image = 'FULL', 'OK', CONCAT('binlog_row_image is ', @@GLOBAL.binlog_row_image, ': set it to FULL'))
UNION ALL
SELECT 'binlog_row_value_options',
  IF(@@GLOBAL.binlog_row_value_options = '', 'OK',
    CONCAT('binlog_row_value_options is ', @@GLOBAL.binlog_row_value_options, ': empty it, else changed JSON arrives in parts'))
UNION ALL
SELECT 'server_id',
  IF(@@GLOBAL.server_id > 0, 'OK', 'server_id is 0: give the server a number of its own, or no replica may connect');

-- 2. How long changes wait in the binary log: a connector that was down for longer has to read every table anew.
-- They are kept for :{outageMinutes} minutes at least. (On RDS: CALL mysql.rds_set_configuration('binlog retention hours', ...).)
SELECT 'retention' AS `check`,
  IF(@@GLOBAL.binlog_expire_logs_seconds = 0 OR @@GLOBAL.binlog_expire_logs_seconds >= :{outageMinutes} * 60, 'OK',
    CONCAT('binlog_expire_logs_seconds is ', @@GLOBAL.binlog_expire_logs_seconds, ': set it to ', :{outageMinutes} * 60, ' or more')) AS result;

-- 3. The signal table: a row in it asks the running connector for something, e.g. to read a table again. Debezium
-- writes its watermarks here too. Its comment is how the undo script knows what this script made.
CREATE TABLE IF NOT EXISTS :{signalTable} (
  `id` VARCHAR(42) NOT NULL PRIMARY KEY, `type` VARCHAR(32) NOT NULL, `data` VARCHAR(2048) NULL
) COMMENT = :{'mark'};
SELECT 'signal table' AS `check`,
  IF((SELECT COUNT(*) FROM information_schema.columns
      WHERE table_schema = :{'database'} AND table_name = :{'signalName'} AND column_name IN ('id', 'type', 'data')) = 3,
    'OK', 'the signal table lacks one of the columns id, type and data') AS result;

-- 4. The user: its own, never root, and over TLS unless the stack says otherwise. Making it and granting to it are two
-- statements: GRANT makes no users in MySQL 8. (A new password later: ALTER USER ... IDENTIFIED BY ....)
SET @is_new = @cdc_password IS NOT NULL AND @cdc_password <> ''
  AND NOT EXISTS (SELECT 1 FROM mysql.user WHERE user = :{'user'} AND host = :{'userHost'});
SET @account = CONCAT(QUOTE(:{'user'}), '@', QUOTE(:{'userHost'}));
SET @statement = IF(@is_new,
  CONCAT('CREATE USER ', @account, ' IDENTIFIED WITH caching_sha2_password BY ', QUOTE(@cdc_password), ' REQUIRE ', :{'encryption'}),
  'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
SET @statement = IF(@is_new AND (
    SELECT table_comment FROM information_schema.tables WHERE table_schema = :{'database'} AND table_name = :{'signalName'}
  ) = :{'mark'},
  CONCAT('ALTER TABLE ', :{'signalTable'}, ' COMMENT = ', QUOTE(:{'markWithUser'})),
  'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;
SELECT 'user' AS `check`,
  CASE
    WHEN COUNT(*) = 0 THEN 'the user does not exist: run SET @cdc_password = ''...'' first, in this session'
    WHEN MAX(account_locked) = 'Y' THEN 'the user is locked: ALTER USER ... ACCOUNT UNLOCK'
    WHEN MAX(super_priv) = 'Y' THEN 'the user is an administrator (SUPER): take another one that is not'
    WHEN MAX(plugin) = 'mysql_native_password' THEN 'the user logs in by mysql_native_password, which MySQL 9 has no more: ALTER USER ... IDENTIFIED WITH caching_sha2_password BY ...'
    WHEN :{'encryption'} = 'SSL' AND MAX(ssl_type) = '' THEN 'the user may connect in clear: ALTER USER ... REQUIRE SSL'
    ELSE 'OK'
  END AS result
FROM mysql.user WHERE user = :{'user'} AND host = :{'userHost'};

-- 5. Rights on the server, which MySQL knows for all databases only: to read the binary log (REPLICATION SLAVE), to ask
-- how far it goes (REPLICATION CLIENT), and to stop all writes for the moment in which a first snapshot begins (RELOAD).
-- No SHOW DATABASES: without it the user sees the databases in which it may read something, and that is enough.
GRANT RELOAD, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO :{'user'}@:{'userHost'};
-- On RDS and Aurora nobody may stop all writes, so the snapshot locks its tables one by one.
SET @statement = IF(@@GLOBAL.basedir LIKE '/rdsdbbin/%', CONCAT('GRANT LOCK TABLES ON ', :{'databasePattern'}, '.* TO ', @account), 'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;
SELECT 'rights on the server' AS `check`,
  IF(COUNT(*) = 3, 'OK', CONCAT('of RELOAD, REPLICATION SLAVE and REPLICATION CLIENT the user has only: ', COALESCE(GROUP_CONCAT(privilege_type), 'none'))) AS result
FROM information_schema.user_privileges
WHERE grantee = :{'grantee'}
  AND privilege_type IN ('RELOAD', 'REPLICATION SLAVE', 'REPLICATION CLIENT');

-- 6. Rights in the database. The rows of the declared tables may be read, and signals written. Of the other tables only
-- the structure is shown, which is all that REFERENCES does here (a foreign key would also need CREATE or ALTER): the
-- connector notes the structure of all tables at its first start, so that one declared later can be read.
GRANT REFERENCES ON :{databasePattern}.* TO :{'user'}@:{'userHost'};
GRANT SELECT, INSERT ON :{signalTable} TO :{'user'}@:{'userHost'};
-- :{for tables}
GRANT SELECT ON :{table} TO :{'user'}@:{'userHost'};
-- :{end}
-- :{for captured}
SELECT CONCAT('table ', :{'name'}) AS `check`,
  IF(COUNT(*) > 0, 'OK', 'SELECT on it is not granted') AS result
FROM information_schema.table_privileges
WHERE grantee = :{'grantee'}
  AND table_schema = :{'database'} AND table_name = :{'name'} AND privilege_type = 'SELECT';
-- :{end}
