-- Purpose: a lot moves on steps of its source's route.
-- Parameters: none. Columns: severity, tbl, row_id (the key, its columns with char(31) between), column, value, message.
-- Lot by lot, so that an event costs one look at the route's steps.
SELECT 'finding' AS severity, 'lot_event' AS tbl, e.lot || char(31) || e.seq AS row_id, 'step' AS "column", e.step AS value,
       CASE WHEN s.route IS NULL THEN 'must be empty (source ' || s.source || ' has no route)' ELSE 'must be a step of route ' || s.route || ' of source ' || s.source END AS message
FROM lot AS l
CROSS JOIN source AS s ON s.source = l.source
CROSS JOIN lot_event AS e ON e.lot = l.lot
WHERE e.step IS NOT NULL AND NOT EXISTS (SELECT 1 FROM route_step AS r WHERE r.route = s.route AND r.step = e.step);
