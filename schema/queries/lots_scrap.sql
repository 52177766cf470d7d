-- Scrapped wafers by route, step and reason, the most first.
-- parameters: :line, :source one only, NULL for all; :from, :to window of the scrap, NULL for none; :whole 0 for the first 20 rows
-- columns: line, route, step, name (of the step, else of its tools), reason, events, wafers
SELECT s.line, s.route, e.step, COALESCE(r.name, g.name) AS name, e.reason, COUNT(*) AS events, SUM(e.wafers_before - e.wafers_after) AS wafers
FROM lot_event AS e
JOIN lot AS l ON l.lot = e.lot
JOIN source AS s ON s.source = l.source
LEFT JOIN route_step AS r ON r.route = s.route AND r.step = e.step
LEFT JOIN tool_group AS g ON g.tool_group = r.tool_group
WHERE e.event = 'scrap' AND (:line IS NULL OR s.line = :line) AND (:source IS NULL OR l.source = :source)
  AND (:from IS NULL OR e.time >= :from) AND (:to IS NULL OR e.time < :to)
GROUP BY s.line, s.route, e.step, e.reason
ORDER BY wafers DESC, s.line, s.route, e.step, e.reason
LIMIT IIF(:whole, -1, 20);
