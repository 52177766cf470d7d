-- Purpose: what a step takes of a tool is said in full, and nothing that is said goes unused.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'finding' AS severity, 'route_step' AS tbl, rowid AS row_id, 'minutes_per_unit' AS "column", NULL AS value,
       'must be given, or minutes_per_lot, minutes_per_batch, interval_minutes_per_unit, setup_minutes or lead_minutes (0 for a step that takes no time)' AS message
FROM route_step
WHERE COALESCE(minutes_per_unit, minutes_per_lot, minutes_per_batch, interval_minutes_per_unit, setup_minutes, lead_minutes) IS NULL
UNION ALL
SELECT 'finding', 'route_step', rowid, 'batch_max', NULL, 'must be given with minutes_per_batch: the units that a full batch holds'
FROM route_step
WHERE minutes_per_batch IS NOT NULL AND batch_max IS NULL
UNION ALL
SELECT 'finding', 'route_step', rowid, 'units_per_setup', NULL, 'must be given with setup_minutes: the units from setup to setup'
FROM route_step
WHERE setup_minutes IS NOT NULL AND units_per_setup IS NULL
UNION ALL
SELECT 'finding', 'route_step', rowid, 'units_per_train', NULL, 'must be given with lead_minutes: the units that follow each other without a gap'
FROM route_step
WHERE lead_minutes IS NOT NULL AND units_per_train IS NULL
UNION ALL
SELECT 'finding', 'route_step', rowid, 'rework_to', rework_to, 'must have a rework_frac: the share of the visits that goes back'
FROM route_step
WHERE rework_to IS NOT NULL AND rework_frac IS NULL
UNION ALL
SELECT 'finding', 'route_step', rowid, 'rework_to', rework_to, 'must be at most the step itself, ' || step || ': rework goes back'
FROM route_step
WHERE rework_to > step
UNION ALL
SELECT 'finding', 'route_step', a.rowid, 'rework_to', a.rework_to, 'must be a step of route ' || a.route
FROM route_step AS a
WHERE a.rework_to < a.step
  AND NOT EXISTS (SELECT 1 FROM route_step AS b WHERE b.route = a.route AND b.step = a.rework_to)
UNION ALL
SELECT 'warning', 'route_step', rowid, 'rework_to', rework_to, 'has no effect while rework_frac is 0'
FROM route_step
WHERE rework_to IS NOT NULL AND rework_frac = 0
UNION ALL
SELECT 'warning', 'route_step', rowid, 'batch_max', batch_max, 'has no effect without minutes_per_batch'
FROM route_step
WHERE batch_max IS NOT NULL AND minutes_per_batch IS NULL
UNION ALL
SELECT 'warning', 'route_step', rowid, 'batch_fill', batch_fill, 'has no effect without minutes_per_batch'
FROM route_step
WHERE batch_fill IS NOT NULL AND minutes_per_batch IS NULL
UNION ALL
SELECT 'warning', 'route_step', rowid, 'units_per_setup', units_per_setup, 'has no effect without setup_minutes'
FROM route_step
WHERE units_per_setup IS NOT NULL AND setup_minutes IS NULL
UNION ALL
SELECT 'warning', 'route_step', rowid, 'units_per_train', units_per_train, 'has no effect without lead_minutes'
FROM route_step
WHERE units_per_train IS NOT NULL AND lead_minutes IS NULL
UNION ALL
SELECT 'warning', 'route_step', rowid, 'minutes_per_unit', minutes_per_unit, 'has no effect beside interval_minutes_per_unit, which takes its place'
FROM route_step
WHERE minutes_per_unit IS NOT NULL AND interval_minutes_per_unit IS NOT NULL;
