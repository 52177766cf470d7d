-- Lines: starts over the horizon; of the answer of a comparison as JSON (:comparison).
WITH RECURSIVE place(n) AS (
    SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < json_array_length(:comparison, '$.lines')
), one(n, value) AS (SELECT n, json_extract(:comparison, '$.lines[' || n || ']') FROM place)
SELECT value ->> '$.plan' AS plan,
       value ->> '$.line' AS line,
       value ->> '$.starts_before' AS starts_before,
       value ->> '$.starts_after' AS starts_after
FROM one
WHERE value IS NOT NULL
ORDER BY n
