-- Line x period: weekly starts against the limit and the ramp, floor against what is there. Lines without starts are left out.
WITH used AS (SELECT line FROM plan_line WHERE plan = :plan GROUP BY line HAVING sum(starts) > {NOTHING} OR sum(floor_used_m2) > 0)
SELECT n.line AS key, n.line || ' · ' || coalesce(l.name, '') AS label, n.period, n.starts, n.starts * 7 / p.days AS rate,
  n.max_starts_per_week,
       n.max_ramp_per_week, n.usd_per_start_per_week, n.usd_per_ramp, n.max_drop_per_week, n.usd_per_drop, n.floor_m2, n.floor_used_m2, n.usd_per_m2
FROM plan_line AS n
JOIN used AS u ON u.line = n.line
JOIN plan_period AS p ON p.plan = n.plan AND p.period = n.period
LEFT JOIN line AS l ON l.line = n.line
WHERE n.plan = :plan
ORDER BY n.line, p.number
