-- Tools ordered and removed.
SELECT b.tool_group, coalesce(g.name, b.tool_group) AS name, g.line, b.period, b.event, b.tools, b.usd_per_tool, b.delivery_date,
       b.charged_usd, iif(r.whole_tools = 1, 'whole; of the plan: bound ' || printf('%.6g', r.bound_usd) || ', gap ' || printf('%.3g', r.gap), NULL) AS whole_tools
FROM plan_purchase AS b
JOIN plan_period AS p ON p.plan = b.plan AND p.period = b.period
JOIN plan AS r ON r.plan = b.plan
LEFT JOIN tool_group AS g ON g.tool_group = b.tool_group
WHERE b.plan = :plan AND b.tools > {NOTHING}
ORDER BY p.number, b.event, b.tool_group
