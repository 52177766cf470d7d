-- Tools ordered, by tool group.
SELECT b.tool_group, coalesce(g.name, b.tool_group) AS name, g.line, b.tools, b.usd, b.first_period
FROM (SELECT o.tool_group, sum(o.tools) AS tools, sum(o.usd) AS usd, (SELECT f.period FROM plan_purchase AS f JOIN plan_period AS p ON p.plan = f.plan AND p.period = f.period
        WHERE f.plan = :plan AND f.tool_group = o.tool_group AND f.event = 'order' AND f.tools > {NOTHING} ORDER BY p.number LIMIT 1) AS first_period
      FROM plan_purchase AS o WHERE o.plan = :plan AND o.event = 'order' AND o.tools > {NOTHING} GROUP BY o.tool_group) AS b
LEFT JOIN tool_group AS g ON g.tool_group = b.tool_group
ORDER BY b.usd DESC, b.tool_group
