-- Are the rows those of Snowflake? Count, sums and a checksum for each range of keys, in the source.
--
-- Run the twin of each statement in Snowflake and compare: the figures are equal where the rows are. While rows
-- change, compare the ranges that differ once more. For other tables, `npm run sources:sql -- --reconcile` prints both.
SELECT
    FLOOR([order_id] / 1000.0) * 1000 AS key_range,
    COUNT(*) AS row_count,
    SUM([order_total_usd]) AS sum_order_total_usd,
    SUM(CONVERT(BIGINT, SUBSTRING(HASHBYTES('MD5', CONVERT(VARCHAR(MAX), CONCAT_WS(
        '|',
        COALESCE(CONVERT(VARCHAR(50), [order_id]), '<NULL>'),
        COALESCE(CONVERT(VARCHAR(50), [customer_id]), '<NULL>'),
        COALESCE(CONVERT(VARCHAR(23), [order_ts], 121), '<NULL>'),
        COALESCE(CONVERT(VARCHAR(50), [order_total_usd]), '<NULL>'),
        COALESCE(CONVERT(NVARCHAR(MAX), [item]), '<NULL>')
    ) COLLATE Latin1_General_100_BIN2_UTF8)), 13, 4))) AS checksum
FROM [dbo].[ORDERS]
GROUP BY FLOOR([order_id] / 1000.0) * 1000
ORDER BY key_range;

SELECT
    FLOOR([id] / 1000.0) * 1000 AS key_range,
    COUNT(*) AS row_count,
    SUM(CONVERT(BIGINT, SUBSTRING(HASHBYTES('MD5', CONVERT(VARCHAR(MAX), CONCAT_WS(
        '|',
        COALESCE(CONVERT(VARCHAR(50), [id]), '<NULL>'),
        COALESCE(CONVERT(NVARCHAR(MAX), [first_name]), '<NULL>'),
        COALESCE(CONVERT(NVARCHAR(MAX), [last_name]), '<NULL>'),
        COALESCE(CONVERT(VARCHAR(10), [birthdate], 23), '<NULL>'),
        COALESCE(CONVERT(NVARCHAR(MAX), [email]), '<NULL>'),
        COALESCE(CONVERT(NVARCHAR(MAX), [company]), '<NULL>'),
        COALESCE(CONVERT(NVARCHAR(MAX), [street_address]), '<NULL>'),
        COALESCE(CONVERT(NVARCHAR(MAX), [city]), '<NULL>'),
        COALESCE(CONVERT(NVARCHAR(MAX), [country]), '<NULL>'),
        COALESCE(CONVERT(NVARCHAR(MAX), [fav_movie]), '<NULL>'),
        COALESCE(CONVERT(NVARCHAR(MAX), [fav_colour]), '<NULL>'),
        COALESCE(CONVERT(NVARCHAR(MAX), [fav_animal]), '<NULL>')
    ) COLLATE Latin1_General_100_BIN2_UTF8)), 13, 4))) AS checksum
FROM [customers]
GROUP BY FLOOR([id] / 1000.0) * 1000
ORDER BY key_range;
