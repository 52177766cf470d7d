-- Deliveries against the limits of the makers of tools.
SELECT v.tool_group, coalesce(g.name, v.tool_group) AS name, v.from_date, v.to_date, v.tools, v.max_tools,
  v.max_tools - v.tools AS left_tools, v.usd_per_tool
FROM plan_delivery AS v LEFT JOIN tool_group AS g ON g.tool_group = v.tool_group
WHERE v.plan = :plan
ORDER BY v.from_date, v.tool_group
