-- The number that the next key figure which is found by solving a plan again gets.
-- parameters: :plan the plan
-- columns: number
SELECT COALESCE(MAX(number), 0) + 1 AS number
FROM plan_resilience
WHERE plan = :plan;
