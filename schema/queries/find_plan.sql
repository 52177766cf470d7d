-- The newest plan, or the asked one if it exists.
-- parameters: :plan the plan asked for, 0 for the newest
-- columns: plan
SELECT plan
FROM plan
WHERE plan = :plan OR :plan <= 0
ORDER BY plan DESC
LIMIT 1;
