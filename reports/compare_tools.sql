-- Tools ordered; of the answer of a comparison as JSON (:comparison).
WITH RECURSIVE place(n) AS (
    SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < json_array_length(:comparison, '$.tools')
), one(n, value) AS (SELECT n, json_extract(:comparison, '$.tools[' || n || ']') FROM place)
SELECT value ->> '$.plan' AS plan,
       value ->> '$.tool_group' AS tool_group,
       value ->> '$.tools_before' AS tools_before,
       value ->> '$.tools_after' AS tools_after,
       value ->> '$.usd_change' AS usd_change
FROM one
WHERE value IS NOT NULL
ORDER BY n
