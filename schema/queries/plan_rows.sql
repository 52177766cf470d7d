-- The multipliers of a plan, as its check saw them.
-- parameters: :plan the plan
-- columns: number, multiplier
SELECT number, multiplier
FROM plan_row
WHERE plan = :plan
ORDER BY number;
