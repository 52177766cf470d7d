-- What the plan's model differs from the data set by, in the order in which it was applied.
SELECT number, origin, scenario, tbl, row_key, nullif(column_name, '') AS column_name, operation, value, from_date, to_date
FROM plan_change WHERE plan = :plan
ORDER BY number
