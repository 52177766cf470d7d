-- The point of a plan, as its check saw it.
-- parameters: :plan the plan
-- columns: number, value
SELECT number, value
FROM plan_column
WHERE plan = :plan
ORDER BY number;
