,
  first_period AS (
    SELECT *, row_number() OVER (PARTITION BY source ORDER BY start_date) AS place FROM yield_period WHERE snapshot = :snapshot)
-- Each product: what was tested, yields with and without excursions, the level now with its limits, D0 and alpha, the plan beside it.
SELECT p.label, p.line, e.lots, e.wafers, e.tested, e.good, e.excluded_lots, e.mean_screened
       AS screened,
       e.level_mean, e.level_low, e.level_high, e.d0_per_cm2, e.alpha,
       f.planned_unit_yield AS planned,
       iif(f.period IS NULL, NULL, '={level_mean}-{planned}') AS gap_formula
FROM yield_estimate AS e JOIN product AS p ON p.source = e.source LEFT JOIN first_period AS f ON f.source = e.source AND f.place = 1
WHERE e.snapshot = :snapshot
ORDER BY p.line, e.source
