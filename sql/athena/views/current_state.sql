-- What is in the source now? Of each key the last version, without what is deleted; what was written twice counts once.
SELECT
    ${columns}
FROM (
    SELECT
        ${columns},
        (${gone}) AS __gone,
        ROW_NUMBER() OVER (
            PARTITION BY ${key}
            ORDER BY __topic_partition DESC, __topic_offset DESC
        ) AS __version
    FROM ${history}
    WHERE ${keyed}
)
WHERE __version = 1 AND NOT __gone
