-- The level: lots and wafers of the time in which D0 stands still, without excursions.
-- parameters: :snapshot, :source one only, NULL for all
-- columns: source, since, lots, wafers, mean, low, high (of the lots), lot_rho, wafer_dispersion, wafer_mean, wafer_low, wafer_high, wafer_rho (beta-binomial), understated
SELECT source, level_start AS since, level_lots AS lots, level_wafers AS wafers, level_mean AS mean, level_low AS low, level_high AS high, lot_rho, wafer_dispersion, wafer_mean,
       wafer_low, wafer_high, wafer_rho, understated
FROM yield_estimate
WHERE snapshot = :snapshot AND (:source IS NULL OR source = :source)
ORDER BY source;
