-- How many files do the hours of a day have, and how many rows are in one? Many small files make queries slow: let the
-- sink close them later (docs/lake.md). Bind the day: EXECUTE files_of_day USING '2026-11-26'.
SELECT
    hour,
    COUNT(DISTINCT "$path") AS files,
    COUNT(*) AS records,
    COUNT(*) / COUNT(DISTINCT "$path") AS records_a_file
FROM orders_enriched_history
WHERE dt = ?
GROUP BY hour
ORDER BY hour
