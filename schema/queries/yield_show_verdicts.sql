-- What the history identifies and what it does not.
-- parameters: :snapshot, :source one only, NULL for all
-- columns: source, about, verdict
SELECT source, about, verdict
FROM (
    SELECT source, 1 AS place, 'clustering' AS about, alpha_verdict AS verdict FROM yield_estimate WHERE snapshot = :snapshot
    UNION ALL SELECT source, 2, 'systematic yield', systematic_verdict FROM yield_estimate WHERE snapshot = :snapshot
    UNION ALL SELECT source, 3, 'learning', curve_verdict FROM yield_estimate WHERE snapshot = :snapshot
    UNION ALL SELECT source, 4, 'line yield', line_verdict FROM yield_estimate WHERE snapshot = :snapshot
)
WHERE :source IS NULL OR source = :source
ORDER BY source, place;
