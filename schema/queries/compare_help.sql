-- What one step more of a limit gains in the plan: the tested ones, the largest first.
-- parameters: :plan
-- columns: plan, limit, from_period, step (with its unit), gain_usd (re-solved, of the step)
SELECT plan,
       label || CASE WHEN tie = '' THEN '' ELSE ' with ' || tie END AS "limit",
       period AS from_period, printf('%.6g ', step) || unit AS step, gain_usd
FROM plan_step
WHERE plan = :plan AND lever AND gain_usd IS NOT NULL
ORDER BY number
LIMIT 5;
