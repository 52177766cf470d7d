-- Sources with a minimum: what the contract asks for, what is started, and the step of the minimum that gains most of those that were asked about.
WITH less AS (
  SELECT key AS source, period, step, unit, gain_usd, row_number() OVER (PARTITION BY key ORDER BY gain_usd DESC, number) AS place
  FROM plan_step WHERE plan = :plan AND tested AND what = 'minimum')
SELECT s.source, coalesce(o.supplier, o.line) AS with_whom, o.item, sum(s.min_starts) AS minimum, sum(s.starts) AS starts, sum(s.starts_missing) AS missing, sum(s.shortfall_usd) AS penalty_usd,
       l.period, l.step, l.unit, l.gain_usd
FROM plan_start AS s JOIN source AS o ON o.source = s.source LEFT JOIN less AS l ON l.source = s.source AND l.place = 1
WHERE s.plan = :plan AND s.min_starts > 0
GROUP BY s.source
ORDER BY l.gain_usd DESC NULLS LAST, s.source
