-- What was tested, and the pooled yield with and without excursions.
-- parameters: :snapshot, :source one only, NULL for all
-- columns: as named in yield_estimate
SELECT source, item, process, stage, first_date, last_date, lots, wafers, tested_per_wafer, units_per_start, mean_all, excluded_lots, excluded_wafers, mean_screened, excursion_factor
FROM yield_estimate
WHERE snapshot = :snapshot AND (:source IS NULL OR source = :source)
ORDER BY source;
