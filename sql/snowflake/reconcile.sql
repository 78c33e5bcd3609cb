-- Are the rows those of the source? Count, sums and a checksum for each range of keys, in Snowflake.
--
-- Run the twin of each statement in the source and compare: the figures are equal where the rows are. While rows
-- change, compare the ranges that differ once more. For other tables, `npm run sources:sql -- --reconcile` prints both.
SELECT
    FLOOR(ORDER_ID / 1000) * 1000 AS KEY_RANGE,
    COUNT(*) AS ROW_COUNT,
    SUM(ORDER_TOTAL_USD) AS SUM_ORDER_TOTAL_USD,
    SUM(MOD(MD5_NUMBER_LOWER64(CONCAT_WS(
        '|',
        COALESCE(TO_VARCHAR(ORDER_ID), '<NULL>'),
        COALESCE(TO_VARCHAR(CUSTOMER_ID), '<NULL>'),
        COALESCE(TO_CHAR(ORDER_TS, 'YYYY-MM-DD HH24:MI:SS.FF3'), '<NULL>'),
        COALESCE(TO_VARCHAR(ORDER_TOTAL_USD), '<NULL>'),
        COALESCE(ITEM, '<NULL>')
    )), 4294967296)) AS CHECKSUM
FROM ANALYTICS.ORDERS
GROUP BY FLOOR(ORDER_ID / 1000) * 1000
ORDER BY KEY_RANGE;

SELECT
    FLOOR(ID / 1000) * 1000 AS KEY_RANGE,
    COUNT(*) AS ROW_COUNT,
    SUM(MOD(MD5_NUMBER_LOWER64(CONCAT_WS(
        '|',
        COALESCE(TO_VARCHAR(ID), '<NULL>'),
        COALESCE(FIRST_NAME, '<NULL>'),
        COALESCE(LAST_NAME, '<NULL>'),
        COALESCE(TO_CHAR(BIRTHDATE, 'YYYY-MM-DD'), '<NULL>'),
        COALESCE(EMAIL, '<NULL>'),
        COALESCE(COMPANY, '<NULL>'),
        COALESCE(STREET_ADDRESS, '<NULL>'),
        COALESCE(CITY, '<NULL>'),
        COALESCE(COUNTRY, '<NULL>'),
        COALESCE(FAV_MOVIE, '<NULL>'),
        COALESCE(FAV_COLOUR, '<NULL>'),
        COALESCE(FAV_ANIMAL, '<NULL>')
    )), 4294967296)) AS CHECKSUM
FROM ANALYTICS.CUSTOMERS
GROUP BY FLOOR(ID / 1000) * 1000
ORDER BY KEY_RANGE;
