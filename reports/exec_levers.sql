-- The levers that gain most, of all that can be bought or changed: tested by solving again. What a step costs is known of tools (their price) and of budget.
SELECT v.number, CASE v.what
         WHEN 'hour' THEN 'hours of ' WHEN 'tool' THEN 'a tool of ' WHEN 'usd' THEN 'budget of ' WHEN 'mw' THEN 'power of ' WHEN 'm2' THEN 'floor of '
         WHEN 'rate' THEN 'starts of line ' WHEN 'ramp' THEN 'ramp of line ' WHEN 'starts' THEN 'maximum of ' WHEN 'shipments' THEN 'what is taken by '
         WHEN 'delivery' THEN 'a delivery of ' ELSE v.what || ' of ' END || v.key AS label,
       v.period, v.step, v.unit, v.gain_usd,
       CASE v.what WHEN 'tool' THEN g.price_usd * v.step WHEN 'usd' THEN v.step END AS price_usd,
       coalesce(v.gain_usd / nullif(CASE v.what WHEN 'tool' THEN g.price_usd * v.step WHEN 'usd' THEN v.step END, 0), 0.0) AS gain_per_usd, nullif(v.tie, '') AS tie
FROM plan_value AS v LEFT JOIN tool_group AS g ON g.tool_group = v.key AND v.what = 'tool'
WHERE v.plan = :plan AND v.tested
ORDER BY v.gain_usd DESC, v.number LIMIT 5
