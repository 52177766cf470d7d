-- Deliveries against the limits of the makers of tools.
SELECT v.tool_group, coalesce(g.name, v.tool_group) AS name, v.from_date, v.to_date, v.tools, v.max_tools,
  v.usd_per_tool, t.discount
FROM plan_delivery AS v
JOIN plan_all_period AS t ON t.plan = v.plan AND t.number = coalesce(
  (SELECT min(n.number) FROM plan_all_period AS n WHERE n.plan = v.plan AND n.start_date >= v.from_date),
  (SELECT max(n.number) FROM plan_all_period AS n WHERE n.plan = v.plan))
LEFT JOIN tool_group AS g ON g.tool_group = v.tool_group
WHERE v.plan = :plan
ORDER BY v.from_date, v.tool_group
