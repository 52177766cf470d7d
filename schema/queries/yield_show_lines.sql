-- Line yields of lots that have finished with all their children.
-- parameters: :snapshot, :source one only, NULL for all
-- columns: source, lots, started, scrapped (wafers), line_yield
SELECT source, line_lots AS lots, line_started AS started, line_scrapped AS scrapped, line_yield
FROM yield_estimate
WHERE snapshot = :snapshot AND (:source IS NULL OR source = :source)
ORDER BY source;
