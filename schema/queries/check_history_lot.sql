-- Purpose: a lot is what its last event made of it: its wafers, and done or scrapped when it has left. Lots without events are not judged.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
-- A lot has left with `ship` of all its wafers (n -> n or n -> 0), and with the scrap, split or merge of its last wafer.
WITH last AS (
    SELECT l.rowid AS row_id, l.wafers, l.status, e.event, e.wafers_after,
           CASE WHEN e.event = 'ship' AND (e.wafers_after = e.wafers_before OR e.wafers_after = 0) THEN 'done'
                WHEN e.event = 'scrap' AND e.wafers_after = 0 THEN 'scrapped'
                WHEN (e.event = 'merge' OR e.event = 'split') AND e.wafers_after = 0 THEN 'done' END AS final
    FROM lot AS l
    CROSS JOIN lot_event AS e ON e.lot = l.lot AND e.seq = (SELECT MAX(x.seq) FROM lot_event AS x WHERE x.lot = l.lot)
)
SELECT 'finding' AS severity, 'lot' AS tbl, row_id, 'wafers' AS "column", wafers AS value,
       'must be ' || format('%.15g', wafers_after) || ', the wafers_after of its last event (' || event || ')' AS message
FROM last
WHERE wafers <> wafers_after
UNION ALL
SELECT 'finding', 'lot', row_id, 'status', status, 'must be ' || final || ' (its last event is ' || event || ')'
FROM last
WHERE status <> final;
