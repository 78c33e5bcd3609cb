-- Source :{source}: takes away what its script made in the SQL Server database :{database}. No table of yours loses a row.
--
-- Stop the connector first. Run it as a member of sysadmin:  sqlcmd -S SERVER -b -x -i FILE
-- Running it again changes nothing. What was there before the script ran (a login, a user, another reader's capture
-- instances) stays: the script noted as extended properties of the database what it made.
SET NOCOUNT ON;
GO
USE :{database};
GO

-- 1. Capturing each table: its change table goes, with the changes that nobody has read yet.
-- :{for captured}
IF OBJECT_ID(N'cdc.change_tables') IS NOT NULL
  AND EXISTS (SELECT 1 FROM cdc.change_tables WHERE source_object_id = OBJECT_ID(:{'table'}) AND capture_instance = :{'captureInstance'})
  EXEC sys.sp_cdc_disable_table @source_schema = :{'schema'}, @source_name = :{'name'}, @capture_instance = :{'captureInstance'};
GO
-- :{end}

-- 2. The signal table.
IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 0 AND name = :{'signalMark'})
BEGIN
  IF OBJECT_ID(:{'signalTable'}) IS NOT NULL
    DROP TABLE :{signalTable};
  EXEC sys.sp_dropextendedproperty @name = :{'signalMark'};
END;
GO

-- 3. The role, and with it every right in this database; then the user and the login.
IF ISNULL(IS_ROLEMEMBER(:{'role'}, :{'user'}), 0) = 1
  ALTER ROLE :{role} DROP MEMBER :{user};
IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 0 AND name = :{'roleMark'})
BEGIN
  IF DATABASE_PRINCIPAL_ID(:{'role'}) IS NOT NULL
    DROP ROLE :{role};
  EXEC sys.sp_dropextendedproperty @name = :{'roleMark'};
END;
IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 0 AND name = :{'userMark'})
BEGIN
  IF DATABASE_PRINCIPAL_ID(:{'user'}) IS NOT NULL
    DROP USER :{user};
  EXEC sys.sp_dropextendedproperty @name = :{'userMark'};
END;
GO
USE master;
GO
IF SUSER_ID(:{'user'}) IS NOT NULL
BEGIN
  DECLARE @statement nvarchar(max) = N'REVOKE VIEW SERVER ' +
    CASE WHEN CONVERT(int, PARSENAME(CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion')), 4)) >= 16 THEN N'SECURITY STATE' ELSE N'STATE' END +
    N' FROM ' + QUOTENAME(:{'user'});
  EXEC (@statement);
END;
GO
USE :{database};
GO
IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 0 AND name = :{'loginMark'})
BEGIN
  IF SUSER_ID(:{'user'}) IS NOT NULL
    DROP LOGIN :{user};
  EXEC sys.sp_dropextendedproperty @name = :{'loginMark'};
END;
GO

-- 4. CDC and snapshot isolation in the database, if the script turned them on and no other table is captured.
IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 0 AND name = :{'cdcMark'})
  AND NOT EXISTS (SELECT 1 FROM sys.tables WHERE is_tracked_by_cdc = 1)
BEGIN
  IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND is_cdc_enabled = 1)
    EXEC sys.sp_cdc_disable_db;
  EXEC sys.sp_dropextendedproperty @name = :{'cdcMark'};
END;
IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 0 AND name = :{'snapshotMark'})
BEGIN
  ALTER DATABASE :{database} SET ALLOW_SNAPSHOT_ISOLATION OFF;
  EXEC sys.sp_dropextendedproperty @name = :{'snapshotMark'};
END;
GO

SELECT N'undone' AS [check],
  CASE
    WHEN EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 0 AND name = :{'cdcMark'})
      THEN N'CDC stays on: tables are captured for someone else. EXEC sys.sp_cdc_help_change_data_capture lists them'
    WHEN DATABASE_PRINCIPAL_ID(:{'role'}) IS NOT NULL THEN N'the role is still there: the script did not make it'
    WHEN SUSER_ID(:{'user'}) IS NOT NULL THEN N'OK, but the login is still there: the script did not make it'
    ELSE N'OK'
  END AS [result];
GO
