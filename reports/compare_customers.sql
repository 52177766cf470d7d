-- Customers: what each gains and loses; of the answer of a comparison as JSON (:comparison).
WITH RECURSIVE place(n) AS (
    SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < json_array_length(:comparison, '$.customers')
), one(n, value) AS (SELECT n, json_extract(:comparison, '$.customers[' || n || ']') FROM place)
SELECT value ->> '$.plan' AS plan,
       value ->> '$.customer' AS customer,
       value ->> '$.fill_before' AS fill_before,
       value ->> '$.fill_after' AS fill_after,
       value ->> '$.shipped_usd_before' AS shipped_usd_before,
       value ->> '$.shipped_usd_after' AS shipped_usd_after,
       value ->> '$.units_change' AS units_change
FROM one
WHERE value IS NOT NULL
ORDER BY n
