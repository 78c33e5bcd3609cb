-- What happened to order 42? Every state that it had, in order, its deletion too.
--
-- Reads LANDING, which keeps every change. A change that was delivered twice is shown once.
SELECT
    CUSTOMER_ID,
    ORDER_TS,
    ORDER_TOTAL_USD,
    ITEM,
    CASE __OP
        WHEN 'r' THEN 'there at first'
        WHEN 'c' THEN 'inserted'
        WHEN 'u' THEN 'updated'
        WHEN 'd' THEN 'deleted'
    END AS WHAT,
    TO_TIMESTAMP_NTZ(__SOURCE_TS_MS, 3) AS COMMITTED_AT
FROM LANDING.ORDERS
WHERE ORDER_ID = 42
QUALIFY
    ROW_NUMBER() OVER (
        PARTITION BY RECORD_METADATA:partition::NUMBER, RECORD_METADATA:offset::NUMBER
        ORDER BY __SOURCE_TS_MS
    ) = 1
ORDER BY RECORD_METADATA:partition::NUMBER, RECORD_METADATA:offset::NUMBER;
