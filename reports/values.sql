-- What one step more of a limit gains: of all that can be bought or changed; tested by solving again, or what it is worth at most.
SELECT v.number, CASE v.what
         WHEN 'hour' THEN 'hours of ' WHEN 'tool' THEN 'a tool of ' WHEN 'usd' THEN 'budget of ' WHEN 'mw' THEN 'power of ' WHEN 'm2' THEN 'floor of '
         WHEN 'rate' THEN 'starts of line ' WHEN 'ramp' THEN 'ramp of line ' WHEN 'starts' THEN 'maximum of ' WHEN 'shipments' THEN 'what is taken by '
         WHEN 'delivery' THEN 'a delivery of ' ELSE v.what || ' of ' END || v.key AS label,
       v.period, v.step, v.unit, v.gain_usd, v.at_most_usd, iif(v.tested, 'tested', 'worth at most') AS word, v.untested, nullif(v.tie, '') AS tie
FROM plan_value AS v WHERE v.plan = :plan
ORDER BY v.number
