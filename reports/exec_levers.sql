-- The levers with the highest gain for each dollar, then those without a price by gain: tested by solving again. What a step costs is known of tools (their price) and of budget.
SELECT row_number() OVER (ORDER BY price_usd IS NULL, gain_usd / price_usd DESC, gain_usd DESC, number) AS number,
       CAST(row_number() OVER (ORDER BY price_usd IS NULL, gain_usd / price_usd DESC, gain_usd DESC, number) AS TEXT) AS key, label, period, step, unit, gain_usd, price_usd, tie
FROM (SELECT v.number, v.label || coalesce(' (' || nullif(g.name, g.tool_group) || ')', '') AS label, v.period, v.step, v.unit, v.gain_usd,
             nullif(CASE v.what WHEN 'tool' THEN g.price_usd * v.step WHEN 'usd' THEN v.step END, 0) AS price_usd, nullif(v.tie, '') AS tie
      FROM plan_step AS v LEFT JOIN tool_group AS g ON g.tool_group = v.key AND v.what = 'tool'
      WHERE v.plan = :plan AND v.tested AND v.lever)
ORDER BY number LIMIT 10
