-- Source :{source}: what Debezium needs in the SQL Server database :{database}, and why.
--
-- Run it as a member of sysadmin (sp_cdc_enable_db asks for that), in one session:  sqlcmd -S SERVER -b -x -i FILE
-- Running it again changes nothing. Each step ends with a check: its result is OK, or says what is wrong. SQL Server
-- 2016 SP1 or newer.
--
-- The password of login :{user} stands in no file. It is needed once, when the login is made. Before this script,
-- in the same session, run:
--   EXEC sys.sp_set_session_context N'cdc_password', N'...';
--
-- In an availability group, run it on the primary. Then make the login on every secondary with the same SID and
-- password, and after a failover see that the jobs cdc.<database>_capture and _cleanup are there and enabled on the
-- new primary: they live in msdb, which does not fail over (sys.sp_cdc_add_job makes them).
SET NOCOUNT ON;
GO

-- 1. The server. Change data capture (CDC) is not in every edition, and it is SQL Server Agent that reads the
-- transaction log: while Agent stands still, nothing is captured and the log cannot be truncated.
USE master;
GO
SELECT N'edition' AS [check],
  CASE
    WHEN SERVERPROPERTY('EngineEdition') = 4 OR CONVERT(nvarchar(128), SERVERPROPERTY('Edition')) LIKE N'Web%'
      THEN CONCAT(N'CDC is not in ', CONVERT(nvarchar(128), SERVERPROPERTY('Edition')), N': take Standard or Enterprise')
    WHEN CONVERT(int, PARSENAME(CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion')), 4)) < 13
      THEN CONCAT(N'version ', CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion')), N' is too old: take 2016 SP1 (13.0.4001) or newer')
    ELSE N'OK'
  END AS [result];
SELECT N'SQL Server Agent' AS [check],
  CASE
    WHEN SERVERPROPERTY('EngineEdition') IN (5, 8) THEN N'OK' -- Azure runs the jobs itself
    WHEN NOT EXISTS (SELECT 1 FROM sys.dm_server_services WHERE servicename LIKE N'SQL Server Agent (%' AND status = 4)
      THEN N'SQL Server Agent is not running: start it, and let it start with the server'
    WHEN EXISTS (SELECT 1 FROM sys.dm_server_services WHERE servicename LIKE N'SQL Server Agent (%' AND startup_type <> 2)
      THEN N'OK, but SQL Server Agent does not start with the server: set its startup type to Automatic'
    ELSE N'OK'
  END AS [result];
GO

-- 2. The login. Its own, never sa: whoever holds the connector's password can then read these tables and do nothing
-- else. What this script makes it notes as an extended property of the database, so that the undo script takes away
-- that much and no more.
IF SUSER_ID(:{'user'}) IS NULL
BEGIN
  DECLARE @password nvarchar(128) = CONVERT(nvarchar(128), SESSION_CONTEXT(N'cdc_password'));
  IF @password IS NULL OR @password = N''
    THROW 50000, N'There is no password for the login: run EXEC sys.sp_set_session_context N''cdc_password'', N''...'' first, in this session.', 1;
  DECLARE @statement nvarchar(max) =
    N'CREATE LOGIN ' + QUOTENAME(:{'user'}) + N' WITH PASSWORD = N' + QUOTENAME(@password, N'''') + N', CHECK_POLICY = ON';
  EXEC (@statement);
  EXEC :{database}.sys.sp_addextendedproperty @name = :{'loginMark'}, @value = :{'user'};
END;
GO
-- Debezium asks whether Agent runs (VIEW SERVER STATE; from 2022 its smaller part VIEW SERVER SECURITY STATE).
DECLARE @statement nvarchar(max) = N'GRANT VIEW SERVER ' +
  CASE WHEN CONVERT(int, PARSENAME(CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion')), 4)) >= 16 THEN N'SECURITY STATE' ELSE N'STATE' END +
  N' TO ' + QUOTENAME(:{'user'});
EXEC (@statement);
SELECT N'login' AS [check],
  CASE
    WHEN SUSER_ID(:{'user'}) IS NULL THEN N'the login does not exist'
    WHEN IS_SRVROLEMEMBER(N'sysadmin', :{'user'}) = 1 THEN N'the login is a member of sysadmin: take another one that is not'
    WHEN (SELECT is_disabled FROM sys.server_principals WHERE name = :{'user'}) = 1 THEN N'the login is disabled: ALTER LOGIN ... ENABLE'
    ELSE N'OK'
  END AS [result];
GO

-- 3. CDC in the database: makes the schema cdc. It fails where the database's owner is a login that is gone
-- (ALTER AUTHORIZATION ON DATABASE::... TO ... mends that).
USE :{database};
GO
IF NOT EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND is_cdc_enabled = 1)
BEGIN
  EXEC sys.sp_cdc_enable_db;
  EXEC sys.sp_addextendedproperty @name = :{'cdcMark'}, @value = :{'database'};
END;
SELECT N'change data capture' AS [check],
  CASE WHEN is_cdc_enabled = 1 THEN N'OK' ELSE N'CDC is off in this database: EXEC sys.sp_cdc_enable_db' END AS [result]
FROM sys.databases WHERE database_id = DB_ID();
GO

-- 4. Snapshot isolation: the connector reads the tables for the first time as they were at one moment, and nobody waits
-- for a lock meanwhile. It costs row versions in tempdb.
IF (SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()) = 0
BEGIN
  ALTER DATABASE :{database} SET ALLOW_SNAPSHOT_ISOLATION ON;
  EXEC sys.sp_addextendedproperty @name = :{'snapshotMark'}, @value = :{'database'};
END;
SELECT N'snapshot isolation' AS [check],
  CASE
    WHEN snapshot_isolation_state = 1 THEN N'OK'
    ELSE CONCAT(N'ALLOW_SNAPSHOT_ISOLATION is ', snapshot_isolation_state_desc, N': it turns ON when the transactions that run now have ended')
  END AS [result]
FROM sys.databases WHERE database_id = DB_ID();
GO

-- 5. The user and the role. The role gates the changes of each table, and holds all the rights in this database.
IF DATABASE_PRINCIPAL_ID(:{'user'}) IS NULL
BEGIN
  CREATE USER :{user} FOR LOGIN :{user};
  EXEC sys.sp_addextendedproperty @name = :{'userMark'}, @value = :{'user'};
END;
IF DATABASE_PRINCIPAL_ID(:{'role'}) IS NULL
BEGIN
  CREATE ROLE :{role} AUTHORIZATION dbo;
  EXEC sys.sp_addextendedproperty @name = :{'roleMark'}, @value = :{'role'};
END;
ALTER ROLE :{role} ADD MEMBER :{user};
GO
-- Debezium reads the change tables themselves, and from cdc's own tables which columns and positions there are.
GRANT SELECT ON SCHEMA::cdc TO :{role};
-- Whether the capture job has reached the end of the log (VIEW DATABASE STATE; from 2022 its smaller part).
DECLARE @statement nvarchar(max) = N'GRANT VIEW DATABASE ' +
  CASE WHEN CONVERT(int, PARSENAME(CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion')), 4)) >= 16 THEN N'PERFORMANCE STATE' ELSE N'STATE' END +
  N' TO ' + QUOTENAME(:{'role'});
EXEC (@statement);
SELECT N'user' AS [check],
  CASE
    WHEN sid <> SUSER_SID(:{'user'}) THEN N'the user belongs to another login: ALTER USER ... WITH LOGIN = ...'
    WHEN IS_ROLEMEMBER(N'db_owner', :{'user'}) = 1 THEN N'the user is a member of db_owner: ALTER ROLE db_owner DROP MEMBER ...'
    WHEN ISNULL(IS_ROLEMEMBER(:{'role'}, :{'user'}), 0) = 0 THEN N'the user is not a member of the role: ALTER ROLE ... ADD MEMBER ...'
    ELSE N'OK'
  END AS [result]
FROM sys.database_principals WHERE name = :{'user'};
GO

-- 6. The signal table: a row in it asks the running connector for something, e.g. to read a table again. Debezium
-- writes its watermarks here too, and sees both only if the table is captured (step 7).
IF OBJECT_ID(:{'signalTable'}) IS NULL
BEGIN
  CREATE TABLE :{signalTable} (id varchar(42) NOT NULL PRIMARY KEY, type varchar(32) NOT NULL, data varchar(2048) NULL);
  EXEC sys.sp_addextendedproperty @name = :{'signalMark'}, @value = :{'signalTable'};
END;
GRANT INSERT ON :{signalTable} TO :{role};
SELECT N'signal table' AS [check],
  CASE
    WHEN OBJECT_ID(:{'signalTable'}) IS NULL THEN N'the signal table does not exist'
    WHEN (SELECT COUNT(*) FROM sys.columns WHERE object_id = OBJECT_ID(:{'signalTable'}) AND name IN (N'id', N'type', N'data')) < 3
      THEN N'the signal table lacks one of the columns id, type and data'
    ELSE N'OK'
  END AS [result];
GO

-- 7. Each table. Only the declared columns are captured: what the pipeline does not carry is not copied into a change
-- table that others can read. (A later ALTER TABLE ... ADD needs a new capture instance either way.) No net changes:
-- they would cost an index, and Debezium reads every change. A table that has a capture instance keeps it.
-- :{for captured}
IF NOT EXISTS (SELECT 1 FROM cdc.change_tables WHERE source_object_id = OBJECT_ID(:{'table'}))
  EXEC sys.sp_cdc_enable_table
    @source_schema = :{'schema'},
    @source_name = :{'name'},
    @capture_instance = :{'captureInstance'},
    @captured_column_list = :{'columnList'},
    @role_name = :{'role'},
    @supports_net_changes = 0;
GRANT SELECT ON :{table} TO :{role};
DECLARE @declared table (name sysname);
-- :{for columns}
INSERT INTO @declared VALUES (:{'column'});
-- :{end}
SELECT CONCAT(N'table ', :{'table'}) AS [check],
  CASE
    WHEN instance.object_id IS NULL THEN N'it has no capture instance: EXEC sys.sp_cdc_enable_table'
    WHEN instance.role_name IS NOT NULL AND ISNULL(IS_ROLEMEMBER(instance.role_name, :{'user'}), 0) = 0
      THEN CONCAT(N'its changes are for role ', QUOTENAME(instance.role_name), N' only: ALTER ROLE ... ADD MEMBER ...')
    WHEN missing.name IS NOT NULL
      THEN CONCAT(N'column ', QUOTENAME(missing.name), N' is not captured by ', instance.capture_instance, N': make a second capture instance that has it')
    ELSE N'OK'
  END AS [result]
FROM (SELECT 1 AS one) AS always
OUTER APPLY (
  SELECT TOP (1) * FROM cdc.change_tables WHERE source_object_id = OBJECT_ID(:{'table'}) ORDER BY create_date DESC
) AS instance
OUTER APPLY (
  SELECT TOP (1) name FROM @declared
  WHERE name NOT IN (SELECT column_name FROM cdc.captured_columns WHERE object_id = instance.object_id)
) AS missing;
GO
-- :{end}

-- 8. The jobs. Changes wait in the change tables until the cleanup job deletes them: a connector that was down for
-- longer has lost rows. They are kept for :{outageMinutes} minutes at least.
SELECT N'capture job' AS [check],
  CASE
    WHEN SERVERPROPERTY('EngineEdition') = 5 THEN N'OK' -- Azure SQL Database has no msdb: its scheduler captures
    WHEN NOT EXISTS (SELECT 1 FROM msdb.dbo.cdc_jobs WHERE database_id = DB_ID() AND job_type = N'capture')
      THEN N'there is no capture job: EXEC sys.sp_cdc_add_job @job_type = N''capture'''
    WHEN EXISTS (
      SELECT 1 FROM msdb.dbo.cdc_jobs AS cdc JOIN msdb.dbo.sysjobs AS job ON job.job_id = cdc.job_id
      WHERE cdc.database_id = DB_ID() AND cdc.job_type = N'capture' AND job.enabled = 0
    ) THEN N'the capture job is disabled: enable it in SQL Server Agent'
    ELSE N'OK'
  END AS [result];
SELECT N'retention' AS [check],
  CASE
    WHEN retention IS NULL THEN N'there is no cleanup job, so change tables grow for ever: EXEC sys.sp_cdc_add_job @job_type = N''cleanup'''
    WHEN retention < :{outageMinutes}
      THEN CONCAT(N'changes are kept for ', retention, N' minutes only: EXEC sys.sp_cdc_change_job @job_type = N''cleanup'', @retention = :{outageMinutes}')
    ELSE N'OK'
  END AS [result]
FROM (SELECT MAX(retention) AS retention FROM msdb.dbo.cdc_jobs WHERE database_id = DB_ID() AND job_type = N'cleanup') AS cleanup;
GO

-- 9. The same, seen by the login itself.
EXECUTE AS LOGIN = :{'user'};
-- :{for captured}
SELECT CONCAT(N'rights on ', :{'table'}) AS [check],
  CASE WHEN HAS_PERMS_BY_NAME(:{'table'}, N'OBJECT', N'SELECT') = 1 THEN N'OK' ELSE N'SELECT is refused: look for a DENY' END AS [result];
-- :{end}
SELECT N'rights on the signal table' AS [check],
  CASE WHEN HAS_PERMS_BY_NAME(:{'signalTable'}, N'OBJECT', N'INSERT') = 1 THEN N'OK' ELSE N'INSERT is refused: look for a DENY' END AS [result];
SELECT N'rights on changes' AS [check],
  CASE WHEN HAS_PERMS_BY_NAME(N'cdc', N'SCHEMA', N'SELECT') = 1 THEN N'OK' ELSE N'SELECT on schema cdc is refused: look for a DENY' END AS [result];
REVERT;
GO
