-- What the yields to plan with are made of: defect density when the wafers come out, and the parts of the uncertainty.
-- parameters: :snapshot; :source one only, NULL for all; :whole 1 for every period, 0 for the first of each calendar year
-- columns: source, period, out_date, d0_p10, d0_p50, d0_p90, screened_p50 (without excursions), common_error, lot_error (standard deviations of the yield), lots
SELECT source, period, out_date, d0_p10, d0_p50, d0_p90, screened_p50, common_error, lot_error, lots
FROM yield_period AS y
WHERE snapshot = :snapshot AND (:source IS NULL OR source = :source)
  AND (:whole OR start_date = (SELECT MIN(f.start_date) FROM yield_period AS f
                               WHERE f.snapshot = y.snapshot AND f.source = y.source AND substr(f.start_date, 1, 4) = substr(y.start_date, 1, 4)))
ORDER BY source, start_date;
