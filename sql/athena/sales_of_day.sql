-- What was sold on a day, by item? Bind the day: EXECUTE sales_of_day USING '2026-11-26'.
SELECT
    item,
    COUNT(*) AS orders,
    SUM(order_total_usd) AS total_usd
FROM orders_enriched
WHERE dt = ?
GROUP BY item
ORDER BY total_usd DESC, item
