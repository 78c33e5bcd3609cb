-- What happened to an order between two days, version by version? Bind both days and the order:
-- EXECUTE order_versions USING '2026-11-25', '2026-11-26', 17.
SELECT DISTINCT
    __record_ts,
    order_id,
    item,
    order_total_usd,
    full_name,
    __deleted,
    __topic_partition,
    __topic_offset
FROM orders_enriched_history
WHERE dt BETWEEN ? AND ? AND order_id = ?
ORDER BY __topic_partition, __topic_offset
