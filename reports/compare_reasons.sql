-- Reasons: which changed input moved the result; of the answer of a comparison as JSON (:comparison).
WITH RECURSIVE place(n) AS (
    SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < json_array_length(:comparison, '$.reasons')
), one(n, value) AS (SELECT n, json_extract(:comparison, '$.reasons[' || n || ']') FROM place)
SELECT value ->> '$.plan' AS plan,
       value ->> '$.input' AS input,
       value ->> '$.differences' AS differences,
       value ->> '$.example' AS example,
       value ->> '$.objective_usd' AS objective_usd,
       value ->> '$.profit_usd' AS profit_usd,
       value ->> '$.gap' AS gap,
       value ->> '$.fills' AS fills
FROM one
WHERE value IS NOT NULL
ORDER BY n
