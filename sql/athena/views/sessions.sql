-- Which sessions are there? Of each the last version, without those that lie within one of their key that began earlier:
-- sessions that grow together leave what they were behind.
SELECT
    ${columns}
FROM (
    SELECT
        ${columns},
        MAX(${end}) OVER (
            PARTITION BY ${key_but_start}
            ORDER BY ${start}
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS __covered
    FROM (
        SELECT
            ${columns},
            ROW_NUMBER() OVER (
                PARTITION BY ${key}
                ORDER BY __topic_partition DESC, __topic_offset DESC
            ) AS __version
        FROM ${history}
    )
    WHERE __version = 1
)
WHERE COALESCE(__covered < ${end}, TRUE)
