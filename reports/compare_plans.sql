-- Plans: the first one is the base; of the answer of a comparison as JSON (:comparison).
WITH RECURSIVE place(n) AS (
    SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < json_array_length(:comparison, '$.plans')
), one(n, value) AS (SELECT n, json_extract(:comparison, '$.plans[' || n || ']') FROM place)
SELECT value ->> '$.plan' AS plan,
       value ->> '$.name' AS name,
       value ->> '$.policy' AS policy,
       value ->> '$.scenario' AS scenario,
       value ->> '$.status' AS status,
       value ->> '$.objective_usd' AS objective_usd,
       value ->> '$.profit_usd' AS profit_usd,
       value ->> '$.gap' AS gap,
       value ->> '$.inputs_sha256' AS inputs_sha256
FROM one
WHERE value IS NOT NULL
ORDER BY n
