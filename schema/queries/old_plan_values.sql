-- What a plan decided that a later one may be held to, by the name of the column; what is 0 is left out.
-- parameters: :plan the plan
-- columns: name, value
SELECT family || '[' || key || coalesce(',' || period, '') || ']' AS name, value
FROM plan_column
WHERE plan = :plan AND family IN ('x', 'go', 'go_in', 'n', 'r')
ORDER BY number;
