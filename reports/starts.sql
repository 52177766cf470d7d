-- Source x period: starts, their weekly rate, limits and cost. Sources that start nothing are left out unless a limit or a value speaks
-- of them.
WITH used AS (
  SELECT source FROM plan_start WHERE plan = :plan
  GROUP BY source HAVING sum(starts) > {NOTHING} OR sum(starts_missing) > {NOTHING} OR max(usd_per_more_start) > {WORTH})
SELECT s.source AS key, s.source || ' · ' || coalesce(i.name, o.item, '') AS label,
       CASE WHEN o.route IS NULL THEN 'units' WHEN l.kind IN ('logic', 'memory') THEN 'wafers' ELSE 'units' END AS unit,
       CASE WHEN o.route IS NULL THEN 'units/week' WHEN l.kind IN ('logic', 'memory') THEN 'wafers/week' ELSE 'units/week' END AS rate_unit,
       s.period, s.starts, s.min_starts, s.max_starts, s.usd_per_start, s.shortfall_usd,
       s.usd_per_more_start
FROM plan_start AS s
JOIN used AS u ON u.source = s.source
JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period
LEFT JOIN source AS o ON o.source = s.source
LEFT JOIN item AS i ON i.item = o.item
LEFT JOIN line AS l ON l.line = o.line
WHERE s.plan = :plan
ORDER BY o.line, s.source, p.number
