-- What one step more of a limit gains: the tested gain, or what it is worth at most.
-- parameters: :plan the plan
-- columns: limit (what is moved, the limits moved along, why it is not tested), from_period, step (with its unit), gain_usd (NULL: not tested), at_most_usd
SELECT CASE what
           WHEN 'hour' THEN 'hours of ' WHEN 'tool' THEN 'a tool of ' WHEN 'usd' THEN 'budget of ' WHEN 'mw' THEN 'power of ' WHEN 'm2' THEN 'floor of '
           WHEN 'rate' THEN 'starts of line ' WHEN 'ramp' THEN 'ramp of line ' WHEN 'drop' THEN 'fall of line ' WHEN 'starts' THEN 'maximum of ' WHEN 'shipments' THEN 'what is taken by '
           WHEN 'delivery' THEN 'a delivery of ' WHEN 'unit' THEN 'more of order ' WHEN 'yield' THEN 'yield of ' WHEN 'cycle_time' THEN 'cycle time of ' WHEN 'quote' THEN 'a new order of ' END
       || key || CASE WHEN tie = '' THEN '' ELSE ' with ' || tie END
       || CASE WHEN untested IS NULL THEN '' ELSE ' (untested: ' || untested || ')' END AS "limit",
       period AS from_period,
       printf('%.6g ', step) || unit AS step,
       gain_usd,
       at_most_usd
FROM plan_value
WHERE plan = :plan
ORDER BY number;
