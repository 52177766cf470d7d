-- Money; of the answer of a comparison as JSON (:comparison).
WITH RECURSIVE place(n) AS (
    SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < json_array_length(:comparison, '$.money')
), one(n, value) AS (SELECT n, json_extract(:comparison, '$.money[' || n || ']') FROM place)
SELECT value ->> '$.plan' AS plan,
       value ->> '$.figure' AS figure,
       value ->> '$.before' AS before,
       value ->> '$.after' AS after
FROM one
WHERE value IS NOT NULL
ORDER BY n
