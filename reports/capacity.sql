-- Tool group x period: hours available and used, utilisation, what one more hour is worth at most, whether the group binds. Groups without
-- load are left out.
WITH used AS (SELECT tool_group FROM plan_capacity WHERE plan = :plan GROUP BY tool_group HAVING sum(used_hours) > {NOTHING} OR
  max(usd_per_hour) > {WORTH})
SELECT c.tool_group AS key, c.tool_group || ' · ' || coalesce(g.name, '') AS label, c.period, c.tools, c.available_hours,
       c.load_hours, c.moved_in_hours - c.moved_out_hours AS moved_hours,
         c.load_hours + (c.moved_in_hours - c.moved_out_hours) AS used_hours,
       CASE WHEN c.available_hours = 0 THEN 0.0 ELSE (c.load_hours + (c.moved_in_hours - c.moved_out_hours)) / c.available_hours END AS
         utilisation,
       CASE WHEN sum(c.available_hours) OVER w = 0 THEN 0.0
            ELSE (sum(c.load_hours) OVER w + sum(c.moved_in_hours - c.moved_out_hours) OVER w) / sum(c.available_hours) OVER w END AS
              utilisation_total,
       c.usd_per_hour,
       b.period IS NOT NULL AS binds
FROM plan_capacity AS c
JOIN used AS u ON u.tool_group = c.tool_group
JOIN plan_period AS p ON p.plan = c.plan AND p.period = c.period
LEFT JOIN plan_binding AS b ON b.plan = c.plan AND b.what = 'hours' AND b.key = c.tool_group AND b.period = c.period
LEFT JOIN tool_group AS g ON g.tool_group = c.tool_group
WHERE c.plan = :plan
WINDOW w AS (PARTITION BY c.tool_group)
ORDER BY g.line, c.tool_group, p.number
