,
  ticked AS (
    SELECT c.*, CASE WHEN s.weeks THEN printf('%s-W%02d', strftime('%Y', out_date, '-3 days', 'weekday 4'),
                                              (strftime('%j', out_date, '-3 days', 'weekday 4') + 6) / 7)
                     ELSE strftime('%Y-%m out', out_date) END AS period
    FROM chart AS c CROSS JOIN span AS s),
  passed AS (
    SELECT source, period, min(out_date) AS date, count(*) AS lots, sum(excluded) AS excursions, sum(wafers) AS wafers, sum(tested)
           AS tested,
           sum(good) AS good, total(tested * expected) AS expected_good, max(sigma_z) AS sigma_z, max(n) AS last
    FROM ticked GROUP BY source, period),
  rated AS (
    SELECT *, sigma_z * sqrt(expected_good / tested * (1 - expected_good / tested) / tested) AS error
    FROM passed)
-- Product x week of process-out: lots, yield, learning curve, limits; product x period of the plan: forecast band and planned yield.
SELECT p.source AS key, p.label, r.period, r.lots, r.excursions, r.wafers, r.tested, r.good, '={good}/{tested}' AS yield_formula,
       r.expected_good, '={expected_good}/{tested}' AS curve_formula,
       '={yield}-{curve}' AS difference_formula,
       r.error,
       iif(r.error IS NULL, NULL, '=MAX(0,{curve}-3*{error})') AS low_formula,
       iif(r.error IS NULL, NULL, '=MIN(1,{curve}+3*{error})') AS high_formula, c.ewma / c.ewma_limit AS distance,
       NULL AS out_date, NULL AS p10, NULL AS p50, NULL AS p90, NULL AS planned, NULL AS gap_formula, s.place, 1
         AS part, r.date
FROM rated AS r JOIN product AS p ON p.source = r.source JOIN standing AS s ON s.source = r.source
JOIN chart AS c ON c.source = r.source AND c.n = r.last
UNION ALL
SELECT p.source, p.label, y.period || ' start', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       y.out_date, y.p10, y.p50, y.p90, y.planned_unit_yield,
       '={p50}-{planned}', s.place, 2, y.start_date
FROM yield_period AS y JOIN product AS p ON p.source = y.source JOIN standing AS s ON s.source = y.source
WHERE y.snapshot = :snapshot
ORDER BY place, part, date
