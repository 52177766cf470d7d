-- Purpose: a split keeps wafers: what a lot gives, the lots split off take.
-- Parameters: none. Columns: severity, tbl, row_id (the key, its columns with char(31) between), column, value, message.
-- A split is one event `split` of the parent, n -> n - k wafers, and at the same time the first event (`split` or `start`, 0 -> m) of each lot that is split off; these
-- have the parent as parent_lot, and their m add up to k. Events of the same lot and time are taken together. A parent without events is not judged.
WITH
    given AS MATERIALIZED (
        SELECT lot, time, MAX(seq) AS seq, SUM(wafers_before - wafers_after) AS wafers
        FROM lot_event
        WHERE event = 'split' AND wafers_after <= wafers_before
        GROUP BY lot, time
    ),
    taken AS MATERIALIZED (
        SELECT l.parent_lot AS lot, e.time, SUM(e.wafers_after - e.wafers_before) AS wafers, MIN(e.lot) AS child
        FROM lot AS l
        CROSS JOIN lot_event AS e ON e.lot = l.lot
        WHERE l.parent_lot IS NOT NULL AND (e.event = 'split' OR e.event = 'start') AND e.wafers_after > e.wafers_before
        GROUP BY l.parent_lot, e.time
    )
SELECT 'finding' AS severity, 'lot_event' AS tbl, e.lot || char(31) || e.seq AS row_id, 'wafers_after' AS "column", e.wafers_after AS value,
       'must be ' || format('%.15g', e.wafers_after + given.wafers - COALESCE(taken.wafers, 0)) || ': the lots split off at the time take '
       || format('%.15g', COALESCE(taken.wafers, 0)) || ' wafers, this lot gives ' || format('%.15g', given.wafers) || ' (a split keeps wafers)' AS message
FROM given
LEFT JOIN taken ON taken.lot = given.lot AND taken.time = given.time
JOIN lot_event AS e ON e.lot = given.lot AND e.seq = given.seq
WHERE given.wafers <> COALESCE(taken.wafers, 0)
UNION ALL
SELECT 'finding', 'lot_event', e.lot || char(31) || e.seq, 'time', e.time, 'must be the time of a split of its parent_lot ' || taken.lot || ' (which gives no wafers then)'
FROM taken
JOIN lot_event AS e ON e.lot = taken.child AND e.time = taken.time AND (e.event = 'split' OR e.event = 'start') AND e.wafers_after > e.wafers_before
WHERE NOT EXISTS (SELECT 1 FROM given WHERE given.lot = taken.lot AND given.time = taken.time)
  AND EXISTS (SELECT 1 FROM lot_event AS p WHERE p.lot = taken.lot)
UNION ALL
SELECT 'finding', 'lot_event', e.lot || char(31) || e.seq, 'event', e.event, 'must not add wafers to a lot without a parent_lot (give the lot it was split from)'
FROM lot_event AS e JOIN lot AS l ON l.lot = e.lot
WHERE e.event = 'split' AND e.wafers_after > e.wafers_before AND l.parent_lot IS NULL;
