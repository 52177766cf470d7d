-- Defect density and clustering of the level, for a systematic yield of 1.
-- parameters: :snapshot, :source one only, NULL for all
-- columns: source, area_cm2, repairable (defects of a die), d0_per_cm2, d0_low, d0_high, alpha, alpha_low, alpha_high, moment_d0, moment_alpha, p_value (against no overdispersion)
SELECT source, area_cm2, repairable, d0_per_cm2, d0_low, d0_high, alpha, alpha_low, alpha_high, moment_d0, moment_alpha, alpha_p_value AS p_value
FROM yield_estimate
WHERE snapshot = :snapshot AND (:source IS NULL OR source = :source)
ORDER BY source;
