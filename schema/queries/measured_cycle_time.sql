-- Mean cycle time of finished lots by route, from the start to the last move_out or ship, lots of all its sources together; lots that were merged away have not finished.
-- parameters: none
-- columns: route, days, lots
SELECT s.route AS route, AVG(julianday(e.end_time) - julianday(l.start_time)) AS days, COUNT(*) AS lots
FROM lot AS l
JOIN source AS s ON s.source = l.source
JOIN (
    SELECT lot, MAX(time) AS end_time FROM lot_event WHERE event = 'move_out' OR event = 'ship' GROUP BY lot
) AS e ON e.lot = l.lot
WHERE l.status = 'done' AND l.wafers > 0 AND s.route IS NOT NULL
GROUP BY s.route
ORDER BY s.route;
