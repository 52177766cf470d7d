-- Line x period: weekly starts against the limit, its growth and its fall, floor against what is there, and how many of these limits bind. Lines without starts are left out.
WITH used AS (SELECT line FROM plan_line WHERE plan = :plan GROUP BY line HAVING sum(starts) > {NOTHING} OR sum(floor_used_m2) > 0),
binding AS (SELECT key AS line, period, count(*) AS limits FROM plan_binding WHERE plan = :plan AND what IN ('rate', 'growth', 'fall', 'floor') GROUP BY key, period)
SELECT n.line AS key, n.line || ' · ' || coalesce(l.name, '') AS label, n.period, n.starts, n.starts * 7 / p.days AS rate,
  n.starts * 7 / p.days - e.starts * 7 / q.days AS change, n.max_starts_per_week, n.max_ramp_per_week, n.max_drop_per_week,
  n.max_ramp_per_week * (julianday(p.start_date) - julianday(q.start_date) + (p.days - q.days) / 2) / 7 AS most_growth,
  n.max_drop_per_week * (julianday(p.start_date) - julianday(q.start_date) + (p.days - q.days) / 2) / 7 AS most_fall,
  n.usd_per_start_per_week, n.usd_per_ramp, n.usd_per_drop, n.floor_m2, n.floor_used_m2, n.usd_per_m2, coalesce(b.limits, 0) AS binds
FROM plan_line AS n
JOIN used AS u ON u.line = n.line
JOIN plan_period AS p ON p.plan = n.plan AND p.period = n.period
LEFT JOIN plan_period AS q ON q.plan = p.plan AND q.number = p.number - 1
LEFT JOIN plan_line AS e ON e.plan = n.plan AND e.line = n.line AND e.period = q.period
LEFT JOIN binding AS b ON b.line = n.line AND b.period = n.period
LEFT JOIN line AS l ON l.line = n.line
WHERE n.plan = :plan
ORDER BY n.line, p.number
