-- Who bought most between two days, each order counted once as it was last? Bind both days and how many customers:
-- EXECUTE best_customers USING '2026-11-01', '2026-11-30', 10.
SELECT
    full_name,
    email,
    COUNT(*) AS orders,
    SUM(order_total_usd) AS total_usd
FROM (
    SELECT
        full_name,
        email,
        order_total_usd,
        __deleted,
        ROW_NUMBER() OVER (
            PARTITION BY order_id
            ORDER BY __topic_partition DESC, __topic_offset DESC
        ) AS version
    FROM orders_enriched_history
    WHERE dt BETWEEN ? AND ? AND order_id IS NOT NULL
)
WHERE version = 1 AND COALESCE(__deleted, 'false') = 'false'
GROUP BY full_name, email
ORDER BY total_usd DESC, email
LIMIT ?
