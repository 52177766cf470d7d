-- Limits that bind; of the answer of a comparison as JSON (:comparison).
WITH RECURSIVE place(n) AS (
    SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < json_array_length(:comparison, '$.bottlenecks')
), one(n, value) AS (SELECT n, json_extract(:comparison, '$.bottlenecks[' || n || ']') FROM place)
SELECT value ->> '$.plan' AS plan,
       value ->> '$.limit' AS "limit",
       value ->> '$.periods_before' AS periods_before,
       value ->> '$.periods_after' AS periods_after,
       value ->> '$.at_most_usd_before' AS at_most_usd_before,
       value ->> '$.at_most_usd_after' AS at_most_usd_after
FROM one
WHERE value IS NOT NULL
ORDER BY n
