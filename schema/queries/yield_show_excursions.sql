-- Lots that were screened out as excursions.
-- parameters: :snapshot, :source one only, NULL for all
-- columns: source, lot, out_date, wafers, yield, expected (by the learning curve)
SELECT source, lot, out_date, wafers, yield, expected
FROM yield_lot
WHERE snapshot = :snapshot AND excluded = 1 AND (:source IS NULL OR source = :source)
ORDER BY source, out_date, lot;
