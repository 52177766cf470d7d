-- Every lot with its process-out time: the last move_out or ship, NULL when it has none.
-- parameters: none
-- columns: lot_row (its rowid), lot, source, out_time
SELECT l.rowid AS lot_row, l.lot, l.source,
       (SELECT e.time FROM lot_event AS e WHERE e.lot = l.lot AND (e.event = 'move_out' OR e.event = 'ship') ORDER BY e.seq DESC LIMIT 1) AS out_time
FROM lot AS l
ORDER BY l.rowid;
