-- What a plan's model differs from the data set by, in the order in which it was applied.
-- parameters: :plan the plan
-- columns: table, key, column (NULL: none), operation, value, from, to (NULL: open)
SELECT tbl AS "table", row_key AS "key", nullif(column_name, '') AS "column", operation, value, from_date AS "from", to_date AS "to"
FROM plan_change
WHERE plan = :plan
ORDER BY number;
