-- Purpose: the changes that a plan's model differs from the data set by, in the order in which they were applied.
-- Parameters: :plan. Columns: as of plan_change.
SELECT plan, number, origin, scenario, tbl, row_key, column_name, operation, value, from_date, to_date
FROM plan_change
WHERE plan = :plan
ORDER BY number;
