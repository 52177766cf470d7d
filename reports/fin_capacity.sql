-- What one step more of a limit gains, solved again, and what the step costs where it has a price.
SELECT v.number, v.label, v.period, v.step, v.unit, v.gain_usd, CASE v.what WHEN 'tool' THEN g.price_usd * v.step WHEN 'usd' THEN v.step END AS price_usd,
       CASE WHEN v.what IN ('tool', 'usd') THEN '=IF({price_usd}=0,0,{gain_usd}/{price_usd})' END AS gain_formula, v.holds_to
FROM plan_step AS v LEFT JOIN gr AS g ON g.tool_group = v.key AND v.what = 'tool'
WHERE v.plan = :plan AND v.tested
ORDER BY v.gain_usd DESC, v.number
