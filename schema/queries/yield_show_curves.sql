-- Learning curves by process-out date.
-- parameters: :snapshot, :source one only, NULL for all
-- columns: source, learning_start, d0_start, d0_start_low, d0_start_high, d0_mature .., halflife_days .., systematic_yield (given), rho, p_value (against a flat D0)
SELECT source, curve_start AS learning_start, curve_d0_start AS d0_start, curve_d0_start_low AS d0_start_low, curve_d0_start_high AS d0_start_high, curve_d0_mature AS d0_mature,
       curve_d0_mature_low AS d0_mature_low, curve_d0_mature_high AS d0_mature_high, halflife_days, halflife_low, halflife_high, systematic_yield, curve_rho AS rho,
       curve_p_value AS p_value
FROM yield_estimate
WHERE snapshot = :snapshot AND (:source IS NULL OR source = :source)
ORDER BY source;
