,
  wip AS (
    SELECT l.wafers, l.progress, s.line, s.route,
           (SELECT e.step FROM lot_event AS e WHERE e.lot = l.lot AND e.step IS NOT NULL ORDER BY e.seq DESC LIMIT 1) AS step
    FROM lot AS l JOIN source AS s ON s.source = l.source
    WHERE l.status = 'active' OR l.status = 'held'),
  placed AS (
    SELECT line, route, wafers,
           coalesce(progress, (SELECT CASE WHEN count(*) > 0 THEN 1.0 * sum(r.step <= wip.step) / count(*) END
                               FROM route_step AS r WHERE r.route = wip.route)) AS place
    FROM wip),
  binned AS (SELECT line, route, wafers, min(CAST(place * 10 + {NOTHING} AS INTEGER), 9) AS tenth FROM placed),
  summed AS (SELECT line, route, tenth, count(*) AS lots, total(wafers) AS wafers FROM binned GROUP BY line, route, tenth)
-- Work in process by route and position, in tenths of the cycle time.
SELECT line, route, CASE WHEN tenth IS NULL THEN 'unknown' ELSE printf('%d %% to %d %%', 10 * tenth, 10 * tenth + 10) END
       AS position, lots, wafers
FROM summed
ORDER BY line, route, tenth
