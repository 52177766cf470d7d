-- Purpose: a merge keeps wafers: what lots give, the lot they are merged into takes.
-- Parameters: none. Columns: severity, tbl, row_id (the key, its columns with char(31) between), column, value, message.
-- A merge is an event `merge` of each lot that gives wafers, m -> m - k with the lot that takes them as the reason, and at the same time one of the lot that takes them,
-- n -> n + the sum of k. A lot that has given all its wafers is done. Events of the same lot and time are taken together.
WITH
    given AS MATERIALIZED (
        SELECT reason AS lot, time, SUM(wafers_before - wafers_after) AS wafers, MIN(lot) AS giver
        FROM lot_event
        WHERE event = 'merge' AND wafers_after < wafers_before AND reason IS NOT NULL
        GROUP BY reason, time
    ),
    taken AS MATERIALIZED (
        SELECT lot, time, MAX(seq) AS seq, SUM(wafers_after - wafers_before) AS wafers
        FROM lot_event
        WHERE event = 'merge' AND wafers_after >= wafers_before
        GROUP BY lot, time
    )
SELECT 'finding' AS severity, 'lot_event' AS tbl, e.lot || char(31) || e.seq AS row_id, 'wafers_after' AS "column", e.wafers_after AS value,
       'must be ' || format('%.15g', e.wafers_after - taken.wafers + COALESCE(given.wafers, 0)) || ': the lots merged into it at the time give '
       || format('%.15g', COALESCE(given.wafers, 0)) || ' wafers, this lot takes ' || format('%.15g', taken.wafers) || ' (a merge keeps wafers)' AS message
FROM taken
LEFT JOIN given ON given.lot = taken.lot AND given.time = taken.time
JOIN lot_event AS e ON e.lot = taken.lot AND e.seq = taken.seq
WHERE taken.wafers <> COALESCE(given.wafers, 0)
UNION ALL
SELECT 'finding', 'lot_event', e.lot || char(31) || e.seq, 'reason', e.reason, 'must be the lot that takes the wafers (it has no merge at the time)'
FROM given
JOIN lot_event AS e ON e.lot = given.giver AND e.time = given.time AND e.event = 'merge' AND e.wafers_after < e.wafers_before AND e.reason = given.lot
WHERE NOT EXISTS (SELECT 1 FROM taken WHERE taken.lot = given.lot AND taken.time = given.time)
UNION ALL
SELECT 'finding', 'lot_event', lot || char(31) || seq, 'reason', NULL, 'must be the lot that takes the wafers'
FROM lot_event
WHERE event = 'merge' AND wafers_after < wafers_before AND reason IS NULL;
