-- Target :{target}: the pipeline's tables in the database :{database}, and the user that writes them. For MariaDB 10.5 and
-- MySQL 8.0, or newer.
--
-- Run it as an administrator, in one session:  mariadb -h SERVER -u root -p -t < FILE   (MySQL: mysql ...)
-- Run it before the target is turned on, and again after a table or a column was added: it makes what is missing, and
-- changes nothing that is there. Each step ends with a check: its result is OK, or says what is wrong.
--
-- The password of :{user} stands in no file. It is needed once, when the user is made. Before this script, in the same
-- session, run (or give it to the client as --init-command):
--   SET @sink_password = '...';
SET NAMES utf8mb4;
CREATE DATABASE IF NOT EXISTS :{database} CHARACTER SET utf8mb4;
USE :{database};

-- 1. The user: its own, never root, and over TLS unless the stack says otherwise.
SET @is_new = @sink_password IS NOT NULL AND @sink_password <> ''
  AND NOT EXISTS (SELECT 1 FROM mysql.user WHERE user = :{'user'} AND host = '%');
SET @account = CONCAT(QUOTE(:{'user'}), '@', QUOTE('%'));
SET @statement = IF(@is_new,
  CONCAT('CREATE USER ', @account, ' IDENTIFIED BY ', QUOTE(@sink_password), ' REQUIRE ', :{'encryption'}),
  'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
SELECT 'user' AS `check`,
  CASE
    WHEN COUNT(*) = 0 THEN 'the user does not exist: run SET @sink_password = ''...'' first, in this session'
    WHEN MAX(super_priv) = 'Y' THEN 'the user is an administrator (SUPER): take another one that is not'
    WHEN :{'encryption'} = 'SSL' AND MAX(ssl_type) = '' THEN 'the user may connect in clear: ALTER USER ... REQUIRE SSL'
    ELSE 'OK'
  END AS result
FROM mysql.user WHERE user = :{'user'} AND host = '%';

-- 2. The tables, each with the current rows of one topic. The user writes and deletes rows by their key, and no more.
-- Their collation tells capital letters from small ones, and counts a space at the end: two keys stay two rows.
-- :{for tables}
CREATE TABLE IF NOT EXISTS :{table} (:{definitions}, PRIMARY KEY (:{key}))
  CHARACTER SET utf8mb4 COLLATE :{collation};
-- :{for columns}
SET @statement = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = :{'name'} AND column_name = :{'column'}) = 0,
  CONCAT('ALTER TABLE ', :{'table'}, ' ADD COLUMN ', :{'columnSql'}, ' ', :{'type'}, ' NULL'),
  'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
-- :{end}
GRANT SELECT, INSERT, UPDATE, DELETE ON :{table} TO :{user}@'%';
SELECT :{'name'} AS `check`,
  IF(GROUP_CONCAT(column_name ORDER BY ordinal_position SEPARATOR ', ') = :{'keyNames'}, 'OK',
    CONCAT('its primary key is not ', :{'keyNames'}, ': rows would not find their place')) AS result
FROM information_schema.key_column_usage
WHERE table_schema = DATABASE() AND table_name = :{'name'} AND constraint_name = 'PRIMARY';
-- :{end}
DEALLOCATE PREPARE statement;
