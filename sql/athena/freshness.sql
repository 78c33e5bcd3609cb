-- How far behind is the lake? The newest record since yesterday, and how many there are.
SELECT
    MAX(__record_ts) AS newest,
    COUNT(*) AS records
FROM orders_enriched_history
WHERE dt >= CAST(CURRENT_DATE - INTERVAL '1' DAY AS VARCHAR)
