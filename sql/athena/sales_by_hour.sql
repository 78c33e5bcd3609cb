-- How do a day's sales spread over its hours (UTC)? Bind the day: EXECUTE sales_by_hour USING '2026-11-26'.
SELECT
    hour,
    COUNT(*) AS orders,
    SUM(order_total_usd) AS total_usd
FROM orders_enriched
WHERE dt = ?
GROUP BY hour
ORDER BY hour
