-- Source :{source}: takes away what its script made in the MariaDB database :{database}. No table of yours loses a row.
--
-- Stop the connector first. Run it as an administrator, in one session:  mariadb -h SERVER -u root -p -t < FILE
-- Running it again changes nothing. A user that was there before the script ran stays, without the rights that the
-- script gave it: the comment of the signal table says what the script made.
SET NAMES utf8mb4;
SET SESSION sql_mode = 'STRICT_TRANS_TABLES';
USE :{database};
SET @account = CONCAT(QUOTE(:{'user'}), '@', QUOTE(:{'userHost'}));
SET @comment = (SELECT table_comment FROM information_schema.tables WHERE table_schema = :{'database'} AND table_name = :{'signalName'});

-- 1. The user, if the script made it.
SET @statement = IF(@comment = :{'markWithUser'}, CONCAT('DROP USER IF EXISTS ', @account), 'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;

-- 2. The rights of a user that stays. On a table and on the database only what is there can be revoked. (On RDS, take
-- LOCK TABLES from it too, unless it had that before.)
SET @stays = EXISTS (SELECT 1 FROM mysql.user WHERE user = :{'user'} AND host = :{'userHost'}) AND @comment = :{'mark'};
SET @statement = IF(@stays, CONCAT('REVOKE RELOAD, REPLICATION SLAVE, BINLOG MONITOR ON *.* FROM ', @account), 'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
SET @statement = IF(@stays AND EXISTS (
    SELECT 1 FROM information_schema.schema_privileges
    WHERE grantee = :{'grantee'} AND table_schema = :{'databasePatternName'} AND privilege_type = 'REFERENCES'
  ), CONCAT('REVOKE REFERENCES ON ', :{'databasePattern'}, '.* FROM ', @account), 'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
SET @statement = IF(@stays AND EXISTS (
    SELECT 1 FROM information_schema.table_privileges
    WHERE grantee = :{'grantee'} AND table_schema = :{'database'} AND table_name = :{'signalName'}
  ), CONCAT('REVOKE SELECT, INSERT ON ', :{'signalTable'}, ' FROM ', @account), 'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
-- :{for tables}
SET @statement = IF(@stays AND EXISTS (
    SELECT 1 FROM information_schema.table_privileges
    WHERE grantee = :{'grantee'} AND table_schema = :{'database'} AND table_name = :{'name'}
  ), CONCAT('REVOKE SELECT ON ', :{'table'}, ' FROM ', @account), 'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
-- :{end}

-- 3. The signal table, if the script made it.
SET @statement = IF(@comment IN (:{'mark'}, :{'markWithUser'}), CONCAT('DROP TABLE ', :{'signalTable'}), 'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;

SELECT 'undone' AS `check`,
  IF(EXISTS (SELECT 1 FROM mysql.user WHERE user = :{'user'} AND host = :{'userHost'}),
    'OK, but the user is still there: the script did not make it', 'OK') AS result;
