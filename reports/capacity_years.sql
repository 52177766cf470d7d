-- Tool group x year: hours, and what one more of them is worth at most.
WITH years AS (
  SELECT c.tool_group, CAST(substr(p.start_date, 1, 4) AS INTEGER) AS year, sum(c.available_hours) AS available_hours,
    sum(c.used_hours) AS used_hours,
         max(c.utilisation) AS peak, sum(b.period IS NOT NULL) AS binding_periods,
         sum(c.usd_per_hour * c.available_hours) AS worth, max(c.usd_per_hour) AS peak_usd_per_hour, sum(c.usd_per_tool) AS usd_per_tool
  FROM plan_capacity AS c JOIN plan_period AS p ON p.plan = c.plan AND p.period = c.period
  LEFT JOIN plan_binding AS b ON b.plan = c.plan AND b.what = 'hours' AND b.key = c.tool_group AND b.period = c.period
  WHERE c.plan = :plan GROUP BY c.tool_group, year)
SELECT y.tool_group, coalesce(g.name, y.tool_group) AS name, g.line, y.year, y.available_hours, y.used_hours, y.peak, y.binding_periods,
       CASE WHEN y.available_hours = 0 THEN 0.0 ELSE y.worth / y.available_hours END AS usd_per_hour, y.peak_usd_per_hour, y.usd_per_tool
FROM years AS y LEFT JOIN tool_group AS g ON g.tool_group = y.tool_group
WHERE y.available_hours > 0 OR y.used_hours > 0
ORDER BY y.year, y.worth DESC, y.used_hours / nullif(y.available_hours, 0) DESC, y.tool_group
