-- Did the sink write any record of the last week twice? The views count it once anyway.
SELECT
    dt,
    __topic_partition,
    __topic_offset,
    COUNT(*) AS times
FROM orders_enriched_history
WHERE dt >= CAST(CURRENT_DATE - INTERVAL '7' DAY AS VARCHAR)
GROUP BY dt, __topic_partition, __topic_offset
HAVING COUNT(*) > 1
ORDER BY dt, __topic_partition, __topic_offset
