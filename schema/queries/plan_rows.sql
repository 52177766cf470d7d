-- The multipliers of a plan, as its check saw them.
-- parameters: :plan the plan
-- columns: number, multiplier, family, key, period
SELECT number, multiplier, family, key, period
FROM plan_row
WHERE plan = :plan
ORDER BY number;
