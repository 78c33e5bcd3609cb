-- Are the rows those of Snowflake? Count, sums and a checksum for each range of keys, in the source.
--
-- Run the twin of each statement in Snowflake and compare: the figures are equal where the rows are. While rows
-- change, compare the ranges that differ once more. For other tables, `npm run sources:sql -- --reconcile` prints both.
SELECT
    FLOOR(`order_id` / 1000) * 1000 AS key_range,
    COUNT(*) AS row_count,
    SUM(`order_total_usd`) AS sum_order_total_usd,
    SUM(CAST(CONV(RIGHT(MD5(CONVERT(CONCAT_WS(
        '|',
        COALESCE(CAST(`order_id` AS CHAR), '<NULL>'),
        COALESCE(CAST(`customer_id` AS CHAR), '<NULL>'),
        COALESCE(LEFT(DATE_FORMAT(`order_ts`, '%Y-%m-%d %H:%i:%s.%f'), 23), '<NULL>'),
        COALESCE(CAST(`order_total_usd` AS CHAR), '<NULL>'),
        COALESCE(`item`, '<NULL>')
    ) USING utf8mb4)), 8), 16, 10) AS UNSIGNED)) AS checksum
FROM `ORDERS`
GROUP BY FLOOR(`order_id` / 1000) * 1000
ORDER BY key_range;

SELECT
    FLOOR(`id` / 1000) * 1000 AS key_range,
    COUNT(*) AS row_count,
    SUM(CAST(CONV(RIGHT(MD5(CONVERT(CONCAT_WS(
        '|',
        COALESCE(CAST(`id` AS CHAR), '<NULL>'),
        COALESCE(`first_name`, '<NULL>'),
        COALESCE(`last_name`, '<NULL>'),
        COALESCE(DATE_FORMAT(`birthdate`, '%Y-%m-%d'), '<NULL>'),
        COALESCE(`email`, '<NULL>'),
        COALESCE(`company`, '<NULL>'),
        COALESCE(`street_address`, '<NULL>'),
        COALESCE(`city`, '<NULL>'),
        COALESCE(`country`, '<NULL>'),
        COALESCE(`fav_movie`, '<NULL>'),
        COALESCE(`fav_colour`, '<NULL>'),
        COALESCE(`fav_animal`, '<NULL>')
    ) USING utf8mb4)), 8), 16, 10) AS UNSIGNED)) AS checksum
FROM `customers`
GROUP BY FLOOR(`id` / 1000) * 1000
ORDER BY key_range;
