-- Are the rows those of Snowflake? Count, sums and a checksum for each range of keys, in the source.
--
-- Run the twin of each statement in Snowflake and compare: the figures are equal where the rows are. While rows
-- change, compare the ranges that differ once more. For other tables, `npm run sources:sql -- --reconcile` prints both.
SELECT
    FLOOR("order_id" / 1000.0) * 1000 AS key_range,
    COUNT(*) AS row_count,
    SUM("order_total_usd") AS sum_order_total_usd,
    SUM(CAST(CAST('x' || RIGHT(MD5(CONCAT_WS(
        '|',
        COALESCE(CAST("order_id" AS TEXT), '<NULL>'),
        COALESCE(CAST("customer_id" AS TEXT), '<NULL>'),
        COALESCE(TO_CHAR("order_ts", 'YYYY-MM-DD HH24:MI:SS.MS'), '<NULL>'),
        COALESCE(CAST("order_total_usd" AS TEXT), '<NULL>'),
        COALESCE("item", '<NULL>')
    )), 8) AS BIT(32)) AS BIGINT)) AS checksum
FROM "dbo"."ORDERS"
GROUP BY FLOOR("order_id" / 1000.0) * 1000
ORDER BY key_range;

SELECT
    FLOOR("id" / 1000.0) * 1000 AS key_range,
    COUNT(*) AS row_count,
    SUM(CAST(CAST('x' || RIGHT(MD5(CONCAT_WS(
        '|',
        COALESCE(CAST("id" AS TEXT), '<NULL>'),
        COALESCE("first_name", '<NULL>'),
        COALESCE("last_name", '<NULL>'),
        COALESCE(TO_CHAR("birthdate", 'YYYY-MM-DD'), '<NULL>'),
        COALESCE("email", '<NULL>'),
        COALESCE("company", '<NULL>'),
        COALESCE("street_address", '<NULL>'),
        COALESCE("city", '<NULL>'),
        COALESCE("country", '<NULL>'),
        COALESCE("fav_movie", '<NULL>'),
        COALESCE("fav_colour", '<NULL>'),
        COALESCE("fav_animal", '<NULL>')
    )), 8) AS BIT(32)) AS BIGINT)) AS checksum
FROM "customers"
GROUP BY FLOOR("id" / 1000.0) * 1000
ORDER BY key_range;
