-- Which rows did Snowflake refuse, and why? The last hundred, as they were sent.
--
-- Whoever runs it needs SELECT ERROR TABLE on the landing tables; their owner has it. TRUNCATE empties an error table.
WITH REFUSED AS (
    SELECT
        'ORDERS' AS DATASET,
        TIMESTAMP AS REFUSED_AT,
        ERROR_METADATA,
        ERROR_DATA
    FROM ERROR_TABLE(LANDING.ORDERS)
    UNION ALL
    SELECT
        'CUSTOMERS' AS DATASET,
        TIMESTAMP AS REFUSED_AT,
        ERROR_METADATA,
        ERROR_DATA
    FROM ERROR_TABLE(LANDING.CUSTOMERS)
)

SELECT
    DATASET,
    REFUSED_AT,
    ERROR_METADATA:error_message::VARCHAR AS REASON,
    ERROR_DATA
FROM REFUSED
WHERE ERROR_METADATA:service::VARCHAR = 'snowpipe_streaming'
ORDER BY REFUSED_AT DESC
LIMIT 100;
