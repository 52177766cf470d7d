-- Yields to plan with, by period of the start; planned ones beside them.
-- parameters: :snapshot; :source one only, NULL for all; :whole 1 for every period, 0 for the first of each calendar year
-- columns: source, period, start_date, p10, p50, p90, planned_unit_yield, line_p10, line_p50, line_p90, planned_line_yield
SELECT source, period, start_date, p10, p50, p90, planned_unit_yield, line_p10, line_p50, line_p90, planned_line_yield
FROM yield_period AS y
WHERE snapshot = :snapshot AND (:source IS NULL OR source = :source)
  AND (:whole OR start_date = (SELECT MIN(f.start_date) FROM yield_period AS f
                               WHERE f.snapshot = y.snapshot AND f.source = y.source AND substr(f.start_date, 1, 4) = substr(y.start_date, 1, 4)))
ORDER BY source, start_date;
