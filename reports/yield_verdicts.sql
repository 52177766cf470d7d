,
  verdict(source, place, about, verdict) AS (
    SELECT source, 1, 'Clustering (alpha)', alpha_verdict FROM yield_estimate WHERE snapshot = :snapshot
    UNION ALL SELECT source, 2, 'Systematic yield', systematic_verdict FROM yield_estimate WHERE snapshot = :snapshot
    UNION ALL SELECT source, 3, 'Learning of D0', curve_verdict FROM yield_estimate WHERE snapshot = :snapshot
    UNION ALL SELECT source, 4, 'Line yield', line_verdict FROM yield_estimate WHERE snapshot = :snapshot)
-- What the history identifies and what it does not, in words.
SELECT p.label, v.about, v.verdict
FROM verdict AS v JOIN product AS p ON p.source = v.source
ORDER BY p.line, p.source, v.place
