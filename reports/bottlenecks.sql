-- The twenty tightest tool groups: by what one percent more hours in every period are worth at most, then by utilisation.
WITH groups AS (
  SELECT tool_group, sum(available_hours) AS available_hours, sum(used_hours) AS used_hours, max(utilisation) AS peak,
         (SELECT count(*) FROM plan_binding AS b WHERE b.plan = :plan AND b.what = 'hours' AND b.key = c.tool_group) AS binding_periods,
         (SELECT min(b.period) FROM plan_binding AS b WHERE b.plan = :plan AND b.what = 'hours' AND b.key = c.tool_group) AS first_binding,
         sum(usd_per_hour * available_hours) / 100 AS percent_usd, max(usd_per_hour) AS peak_usd_per_hour
  FROM plan_capacity AS c WHERE plan = :plan AND available_hours > 0 GROUP BY tool_group),
ranked AS (
  SELECT *, row_number() OVER (ORDER BY percent_usd DESC, used_hours / available_hours DESC, tool_group) AS place FROM groups)
SELECT r.place, r.tool_group, coalesce(g.name, r.tool_group) AS name, r.tool_group || ' ' || coalesce(g.name, '') AS label, g.line,
       r.available_hours, r.used_hours, r.peak, r.binding_periods, r.first_binding,
       r.peak_usd_per_hour, r.percent_usd,
       (SELECT c.period FROM plan_capacity AS c WHERE c.plan = :plan AND c.tool_group = r.tool_group AND c.usd_per_hour > {WORTH}
        ORDER BY c.usd_per_hour DESC, c.period LIMIT 1) AS peak_period
FROM ranked AS r LEFT JOIN tool_group AS g ON g.tool_group = r.tool_group
WHERE r.place <= 20
ORDER BY r.place
