-- Facts of the history's lots.
-- parameters: none
-- columns: as_of (time of the last event; ages and open holds count to it; NULL: there is no history), lots, active_lots, active_wafers, simulated (0, 1)
SELECT NULLIF(MAX(COALESCE((SELECT MAX(time) FROM lot_event), ''), COALESCE((SELECT MAX(time) FROM tool_event), ''), COALESCE((SELECT MAX(start_time) FROM lot), '')), '') AS as_of,
       (SELECT COUNT(*) FROM lot) AS lots,
       (SELECT COUNT(*) FROM lot WHERE status = 'active' OR status = 'held') AS active_lots,
       (SELECT TOTAL(wafers) FROM lot WHERE status = 'active' OR status = 'held') AS active_wafers,
       (SELECT simulated FROM history_mark) AS simulated;
