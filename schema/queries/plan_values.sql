-- What was tested of a plan: that it is not added twice.
-- parameters: :plan the plan
-- columns: what, key, period, step, gain_usd
SELECT what, key, period, step, gain_usd
FROM plan_value
WHERE plan = :plan AND tested = 1
ORDER BY number;
