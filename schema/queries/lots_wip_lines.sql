-- Work in process by line.
-- parameters: :line, :source one only, NULL for all; :as_of
-- columns: line, lots, wafers, held_lots, held_wafers, mean_age_days (since the start), overdue_lots
SELECT s.line, COUNT(*) AS lots, SUM(l.wafers) AS wafers, SUM(l.status = 'held') AS held_lots, SUM(CASE WHEN l.status = 'held' THEN l.wafers ELSE 0.0 END) AS held_wafers,
       AVG(unixepoch(:as_of) - unixepoch(l.start_time)) / 86400.0 AS mean_age_days, SUM(COALESCE(l.due_time < :as_of, 0)) AS overdue_lots
FROM lot AS l JOIN source AS s ON s.source = l.source
WHERE (l.status = 'active' OR l.status = 'held') AND (:line IS NULL OR s.line = :line) AND (:source IS NULL OR l.source = :source)
GROUP BY s.line
ORDER BY s.line;
