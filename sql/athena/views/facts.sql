-- What happened? Of each fact the last version of each day, without what is deleted; what was written twice counts once.
-- Only a predicate on what the versions are told apart by reaches the files: `dt` prunes here, `hour` does not.
SELECT
    ${columns},
    dt,
    hour
FROM (
    SELECT
        ${columns},
        dt,
        hour,
        (${gone}) AS __gone,
        ROW_NUMBER() OVER (
            PARTITION BY dt, ${key}
            ORDER BY __topic_partition DESC, __topic_offset DESC
        ) AS __version
    FROM ${history}
    WHERE ${keyed}
)
WHERE __version = 1 AND NOT __gone
