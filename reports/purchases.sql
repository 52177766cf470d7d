-- Tools ordered and removed.
SELECT b.tool_group, coalesce(g.name, b.tool_group) AS name, g.line, b.period, b.event, b.tools, b.usd_per_tool,
  b.tools * b.usd_per_tool AS usd, b.delivery_date,
       b.charged_usd
FROM plan_purchase AS b
JOIN plan_period AS p ON p.plan = b.plan AND p.period = b.period
LEFT JOIN tool_group AS g ON g.tool_group = b.tool_group
WHERE b.plan = :plan AND b.tools > {NOTHING}
ORDER BY p.number, b.event, b.tool_group
