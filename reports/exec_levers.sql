-- The levers that gain most, of all that can be bought or changed: tested by solving again. What a step costs is known of tools (their price) and of budget.
SELECT v.number, v.label,
       v.period, v.step, v.unit, v.gain_usd,
       CASE v.what WHEN 'tool' THEN g.price_usd * v.step WHEN 'usd' THEN v.step END AS price_usd,
       nullif(v.tie, '') AS tie
FROM plan_step AS v LEFT JOIN tool_group AS g ON g.tool_group = v.key AND v.what = 'tool'
WHERE v.plan = :plan AND v.tested AND v.lever
ORDER BY v.gain_usd DESC, v.number LIMIT 5
