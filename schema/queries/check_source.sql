-- Purpose: a source fits its route, its process and its limits.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'finding' AS severity, 'source' AS tbl, rowid AS row_id, 'lead_time_days' AS "column", lead_time_days AS value,
       'must be empty with a route (route ' || route || ' has its own cycle time)' AS message
FROM source
WHERE route IS NOT NULL AND lead_time_days IS NOT NULL
UNION ALL
SELECT 'finding', 'source', source.rowid, 'route', source.route, 'must be a route of line ' || source.line || ' (it runs on ' || route.line || ')'
FROM source JOIN route ON route.route = source.route
WHERE route.line <> source.line
UNION ALL
SELECT 'finding', 'source', rowid, 'route', route, 'must have a cycle time (add a row to cycle_time)'
FROM source
WHERE route IS NOT NULL AND route NOT IN (SELECT route FROM cycle_time)
UNION ALL
SELECT 'finding', 'source', rowid, 'process', process, 'must be empty while item ' || item || ' has no die (add a row to die)'
FROM source
WHERE process IS NOT NULL AND item NOT IN (SELECT item FROM die)
UNION ALL
SELECT 'finding', 'source_limit', rowid, 'min_starts_per_week', min_starts_per_week, 'must be at most max_starts_per_week ' || format('%.15g', max_starts_per_week)
FROM source_limit
WHERE min_starts_per_week > max_starts_per_week
UNION ALL
SELECT 'warning', 'source', rowid, 'lead_time_days', NULL, 'should be given without a route (its units arrive at once)'
FROM source
WHERE route IS NULL AND lead_time_days IS NULL
UNION ALL
SELECT 'warning', 'source', rowid, 'source', source, 'should have a cost (no row in source_cost: its starts cost nothing)'
FROM source
WHERE source NOT IN (SELECT source FROM source_cost);
