-- Purpose: the events of a lot follow each other: in time as in seq, each with the wafers that the one before left; and only a merge, the start of a lot and the
-- first event of a lot that is split off add wafers.
-- Parameters: none. Columns: severity, tbl, row_id (the key, its columns with char(31) between), column, value, message.
-- A history may begin in the middle: the first event of a lot may have wafers already.
-- One look at the event before, along the key, for each event; the few that are wrong then have it looked up again.
WITH broken AS MATERIALIZED (
    SELECT e.lot, e.seq, e.time, e.wafers_before, p.seq AS last_seq, p.time AS last_time, p.wafers_after AS last_after
    FROM lot_event AS e
    CROSS JOIN lot_event AS p ON p.lot = e.lot AND p.seq = (SELECT MAX(x.seq) FROM lot_event AS x WHERE x.lot = e.lot AND x.seq < e.seq)
    WHERE (SELECT x.time > e.time OR x.wafers_after <> e.wafers_before FROM lot_event AS x WHERE x.lot = e.lot AND x.seq < e.seq ORDER BY x.seq DESC LIMIT 1)
)
SELECT 'finding' AS severity, 'lot_event' AS tbl, lot || char(31) || seq AS row_id, 'time' AS "column", time AS value,
       'must not be before ' || last_time || ' of event ' || last_seq || ' of the lot' AS message
FROM broken
WHERE time < last_time
UNION ALL
SELECT 'finding', 'lot_event', lot || char(31) || seq, 'wafers_before', wafers_before,
       'must be ' || format('%.15g', last_after) || ', the wafers_after of event ' || last_seq || ' of the lot'
FROM broken
WHERE wafers_before <> last_after
UNION ALL
SELECT 'finding', 'lot_event', lot || char(31) || seq, 'wafers_after', wafers_after,
       'must be at most wafers_before ' || format('%.15g', wafers_before) || ' (only start, merge and the first event of a lot split off add wafers)'
FROM lot_event
WHERE wafers_after > wafers_before AND event <> 'merge' AND NOT (wafers_before = 0 AND (event = 'start' OR event = 'split'));
