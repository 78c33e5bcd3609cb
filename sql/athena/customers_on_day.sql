-- Who were the customers at the end of a day (UTC)? Bind the day: EXECUTE customers_on_day USING '2026-11-26'.
SELECT
    id,
    first_name,
    last_name,
    email,
    company,
    city,
    country
FROM (
    SELECT
        id,
        first_name,
        last_name,
        email,
        company,
        city,
        country,
        __deleted,
        ROW_NUMBER() OVER (
            PARTITION BY id
            ORDER BY __topic_partition DESC, __topic_offset DESC
        ) AS version
    FROM customers_history
    WHERE dt <= ? AND id IS NOT NULL
)
WHERE version = 1 AND COALESCE(__deleted, 'false') = 'false'
ORDER BY id
