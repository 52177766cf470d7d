,
  first_of_year AS (
    SELECT y.*, row_number() OVER (PARTITION BY source, substr(start_date, 1, 4) ORDER BY start_date) AS place
    FROM yield_period AS y WHERE y.snapshot = :snapshot)
-- Yields to plan with beside planned ones: of each product, the first period of each calendar year.
SELECT p.label, p.line, f.period, f.out_date, f.planned_unit_yield AS planned, f.p10, f.p50, f.p90,
       f.common_error, f.lot_error, f.planned_line_yield AS planned_line, f.line_p10, f.line_p50, f.line_p90,
       iif(f.line_p50 IS NULL, NULL, '={line_p50}-{planned_line}') AS line_gap_formula
FROM first_of_year AS f JOIN product AS p ON p.source = f.source
WHERE f.place = 1
ORDER BY p.line, f.source, f.start_date
