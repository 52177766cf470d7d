-- Work in process by route and position: lot.progress, else the share of the route's steps up to that of the last event, in tenths.
-- parameters: :line, :source one only, NULL for all
-- columns: line, route, done_from, done_to (fractions of the cycle time; NULL: position unknown), lots, wafers
WITH
    wip AS (
        SELECT l.lot, l.wafers, l.progress, s.line, s.route,
               (SELECT e.step FROM lot_event AS e WHERE e.lot = l.lot AND e.step IS NOT NULL ORDER BY e.seq DESC LIMIT 1) AS step
        FROM lot AS l JOIN source AS s ON s.source = l.source
        WHERE (l.status = 'active' OR l.status = 'held') AND (:line IS NULL OR s.line = :line) AND (:source IS NULL OR l.source = :source)
    ),
    placed AS (
        SELECT line, route, wafers,
               COALESCE(progress, (SELECT CASE WHEN COUNT(*) > 0 THEN 1.0 * SUM(r.step <= wip.step) / COUNT(*) END FROM route_step AS r WHERE r.route = wip.route)) AS place
        FROM wip
    ),
    binned AS (SELECT line, route, wafers, MIN(CAST(place * 10 + 1e-9 AS INTEGER), 9) AS tenth FROM placed)
SELECT line, route, tenth / 10.0 AS done_from, (tenth + 1) / 10.0 AS done_to, COUNT(*) AS lots, SUM(wafers) AS wafers
FROM binned
GROUP BY line, route, tenth
ORDER BY line, route, tenth;
