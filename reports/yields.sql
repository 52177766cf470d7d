-- Source x period: yields the plan counts with, beside those of the inputs and those that the history shows (of the plan's own snapshot of
-- estimates, else the newest; empty without one). Sources that never lose a unit are left out.
WITH used AS (SELECT source FROM plan_start WHERE plan = :plan GROUP BY source HAVING min(line_yield * unit_yield) < 1
  AND sum(starts) > {NOTHING})
SELECT s.source AS key, s.source || ' · ' || coalesce(i.name, o.item, '') AS label, s.period, s.starts, s.gross_units_per_start,
  s.line_yield, s.unit_yield,
       coalesce(e.planned_line_yield * e.planned_unit_yield, s.line_yield * s.unit_yield) AS planned_yield,
       coalesce(e.line_p50, e.planned_line_yield) * e.p50 AS measured_yield, s.lead_days
FROM plan_start AS s
JOIN used AS u ON u.source = s.source
JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period
LEFT JOIN source AS o ON o.source = s.source
LEFT JOIN item AS i ON i.item = o.item
LEFT JOIN yield_period AS e ON e.source = s.source AND e.period = s.period AND e.snapshot = coalesce(
  (SELECT json_extract(options, '$.yield.snapshot') FROM plan WHERE plan = :plan), (SELECT max(snapshot) FROM yield_snapshot))
WHERE s.plan = :plan
ORDER BY s.source, p.number
