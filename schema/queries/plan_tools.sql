-- Purpose: the orders and removals of tools of a plan, by the name of the column; what is 0 is left out.
-- Parameters: :plan. Columns: name, value.
SELECT family || '[' || key || coalesce(',' || period, '') || ']' AS name, value
FROM plan_column
WHERE plan = :plan AND family IN ('n', 'r') AND value <> 0
ORDER BY number;
