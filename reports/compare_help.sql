-- What would help most; of the answer of a comparison as JSON (:comparison).
WITH RECURSIVE place(n) AS (
    SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < json_array_length(:comparison, '$.help')
), one(n, value) AS (SELECT n, json_extract(:comparison, '$.help[' || n || ']') FROM place)
SELECT value ->> '$.plan' AS plan,
       value ->> '$.limit' AS "limit",
       value ->> '$.from_period' AS from_period,
       value ->> '$.step' AS step,
       value ->> '$.gain_usd' AS gain_usd
FROM one
WHERE value IS NOT NULL
ORDER BY n
