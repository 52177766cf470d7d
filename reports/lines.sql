-- Line x period: weekly starts against the limit, its growth and its fall, floor against what is there, and how many of these limits bind. Lines without starts are left out.
WITH used AS (SELECT line FROM plan_line WHERE plan = :plan GROUP BY line HAVING sum(starts) > {NOTHING} OR sum(floor_used_m2) > 0)
SELECT n.line AS key, n.line || ' · ' || coalesce(l.name, '') AS label, n.period, n.starts, NULL AS change, n.max_starts_per_week, n.max_ramp_per_week, n.max_drop_per_week,
  n.max_ramp_per_week * (julianday(p.start_date) - julianday(q.start_date) + (p.days - q.days) / 2) / 7 AS most_growth,
  n.max_drop_per_week * (julianday(p.start_date) - julianday(q.start_date) + (p.days - q.days) / 2) / 7 AS most_fall,
  n.usd_per_start_per_week, n.usd_per_ramp, n.usd_per_drop, n.floor_m2, n.floor_used_m2, n.usd_per_m2
FROM plan_line AS n
JOIN used AS u ON u.line = n.line
JOIN plan_period AS p ON p.plan = n.plan AND p.period = n.period
LEFT JOIN plan_period AS q ON q.plan = p.plan AND q.number = p.number - 1
LEFT JOIN line AS l ON l.line = n.line
WHERE n.plan = :plan
ORDER BY n.line, p.number
