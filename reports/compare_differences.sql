-- Differences of the inputs; of the answer of a comparison as JSON (:comparison).
WITH RECURSIVE place(n) AS (
    SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < json_array_length(:comparison, '$.differences')
), one(n, value) AS (SELECT n, json_extract(:comparison, '$.differences[' || n || ']') FROM place)
SELECT value ->> '$.plan' AS plan,
       value ->> '$.table' AS "table",
       value ->> '$.key' AS "key",
       value ->> '$.column' AS "column",
       value ->> '$.before' AS before,
       value ->> '$.after' AS after,
       value ->> '$.from' AS "from",
       value ->> '$.to' AS "to"
FROM one
WHERE value IS NOT NULL
ORDER BY n
