-- How fresh is what I see? Seconds from the commit in the source until a change was on its way to Snowflake, median and
-- 95th percentile of the last hour's.
--
-- The connector's clock ends the measurement, when it hands a row over; the row is visible a few seconds later (5 to
-- 10 s end to end, as Snowflake says). For the exact moment: ALTER TABLE LANDING.ORDERS SET ROW_TIMESTAMP = TRUE, and
-- DATE_PART(EPOCH_MILLISECOND, METADATA$ROW_LAST_COMMIT_TIME) in place of the push time. Rows of a snapshot are left
-- out: they were committed long before.
WITH EVENTS AS (
    SELECT
        'ORDERS' AS DATASET,
        __OP AS OP,
        __SOURCE_TS_MS AS COMMITTED,
        RECORD_METADATA:CreateTime::NUMBER AS IN_KAFKA,
        RECORD_METADATA:SnowflakeConnectorPushTime::NUMBER AS PUSHED
    FROM LANDING.ORDERS
    UNION ALL
    SELECT
        'CUSTOMERS' AS DATASET,
        __OP AS OP,
        __SOURCE_TS_MS AS COMMITTED,
        RECORD_METADATA:CreateTime::NUMBER AS IN_KAFKA,
        RECORD_METADATA:SnowflakeConnectorPushTime::NUMBER AS PUSHED
    FROM LANDING.CUSTOMERS
)

SELECT
    DATASET,
    COUNT(*) AS EVENT_COUNT,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY IN_KAFKA - COMMITTED) / 1000 AS TO_KAFKA_P50,
    PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY IN_KAFKA - COMMITTED) / 1000 AS TO_KAFKA_P95,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY PUSHED - COMMITTED) / 1000 AS TO_SNOWFLAKE_P50,
    PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY PUSHED - COMMITTED) / 1000 AS TO_SNOWFLAKE_P95,
    TO_TIMESTAMP_NTZ(MAX(COMMITTED), 3) AS LAST_CHANGE
FROM EVENTS
WHERE
    OP IN ('c', 'u', 'd')
    AND PUSHED >= DATE_PART(EPOCH_MILLISECOND, DATEADD(HOUR, -1, SYSDATE()))
GROUP BY DATASET
ORDER BY DATASET;
