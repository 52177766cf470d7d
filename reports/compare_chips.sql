-- Chips: what is shipped; of the answer of a comparison as JSON (:comparison).
WITH RECURSIVE place(n) AS (
    SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < json_array_length(:comparison, '$.chips')
), one(n, value) AS (SELECT n, json_extract(:comparison, '$.chips[' || n || ']') FROM place)
SELECT value ->> '$.plan' AS plan,
       value ->> '$.item' AS item,
       value ->> '$.customers' AS customers,
       value ->> '$.units_before' AS units_before,
       value ->> '$.units_after' AS units_after,
       value ->> '$.usd_change' AS usd_change
FROM one
WHERE value IS NOT NULL
ORDER BY n
