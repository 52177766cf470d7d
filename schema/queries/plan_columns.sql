-- The point of a plan, as its check saw it.
-- parameters: :plan the plan
-- columns: number, value, family, key, period
SELECT number, value, family, key, period
FROM plan_column
WHERE plan = :plan
ORDER BY number;
