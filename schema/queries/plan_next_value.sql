-- The number that the next tested value of a plan gets.
-- parameters: :plan the plan
-- columns: number
SELECT COALESCE(MAX(number), 0) + 1 AS number
FROM plan_value
WHERE plan = :plan;
