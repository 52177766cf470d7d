-- What one step more of a limit gains in the plan: the tested ones, the largest first.
-- parameters: :plan
-- columns: plan, limit, from_period, step (with its unit), gain_usd (re-solved, of the step)
SELECT plan,
       CASE what
           WHEN 'hour' THEN 'hours of ' WHEN 'tool' THEN 'a tool of ' WHEN 'usd' THEN 'budget of ' WHEN 'mw' THEN 'power of ' WHEN 'm2' THEN 'floor of '
           WHEN 'rate' THEN 'starts of line ' WHEN 'ramp' THEN 'ramp of line ' WHEN 'starts' THEN 'maximum of ' WHEN 'shipments' THEN 'what is taken by '
           WHEN 'delivery' THEN 'a delivery of ' ELSE what || ' of ' END
       || key || CASE WHEN tie = '' THEN '' ELSE ' with ' || tie END AS "limit",
       period AS from_period, printf('%.6g ', step) || unit AS step, gain_usd
FROM plan_value
WHERE plan = :plan AND gain_usd IS NOT NULL
ORDER BY number
LIMIT 5;
