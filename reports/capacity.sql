-- Tool group x period: hours available and used, utilisation, what one more hour is worth at most, whether the group binds. Groups without
-- load are left out.
WITH used AS (SELECT tool_group FROM plan_capacity WHERE plan = :plan GROUP BY tool_group HAVING sum(used_hours) > {NOTHING} OR
  max(usd_per_hour) > {WORTH})
SELECT c.tool_group AS key, c.tool_group || ' · ' || coalesce(g.name, '') AS label, c.period, c.tools, c.available_hours,
       c.load_hours, c.moved_in_hours - c.moved_out_hours AS moved_hours,
       c.usd_per_hour
FROM plan_capacity AS c
JOIN used AS u ON u.tool_group = c.tool_group
JOIN plan_period AS p ON p.plan = c.plan AND p.period = c.period
LEFT JOIN tool_group AS g ON g.tool_group = c.tool_group
WHERE c.plan = :plan
ORDER BY g.line, c.tool_group, p.number
