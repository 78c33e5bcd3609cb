-- What did the last day cost? Credits of this database's warehouse and of what streams into it.
--
-- Needs IMPORTED PRIVILEGES on the database SNOWFLAKE, or its database role USAGE_VIEWER. The figures come late: the
-- warehouse's up to 3 hours, those of streaming up to 12.
SELECT
    SERVICE_TYPE,
    NAME,
    SUM(CREDITS_USED) AS CREDITS
FROM SNOWFLAKE.ACCOUNT_USAGE.METERING_HISTORY
WHERE
    START_TIME >= DATEADD(DAY, -1, CURRENT_TIMESTAMP())
    AND (DATABASE_NAME = CURRENT_DATABASE() OR NAME = CURRENT_DATABASE() || '_WH')
GROUP BY SERVICE_TYPE, NAME
ORDER BY CREDITS DESC;
