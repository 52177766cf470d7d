-- Purpose: a tool group has one availability, given or of its stops, and stops are by time or by units.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'finding' AS severity, 'tool_down' AS tbl, rowid AS row_id, 'hours_between' AS "column", hours_between AS value,
       'must be given or units_between, not both (stops come by time or by units)' AS message
FROM tool_down
WHERE hours_between IS NOT NULL AND units_between IS NOT NULL
UNION ALL
SELECT 'finding', 'tool_down', rowid, 'hours_between', NULL, 'must be given, or units_between'
FROM tool_down
WHERE hours_between IS NULL AND units_between IS NULL
UNION ALL
SELECT 'finding', 'tool_group', rowid, 'availability', availability,
       'must be empty, or tool_down have no hours_between for the group: it is given, or computed from stops by time'
FROM tool_group
WHERE availability IS NOT NULL AND tool_group IN (SELECT tool_group FROM tool_down WHERE hours_between IS NOT NULL)
UNION ALL
SELECT 'finding', 'tool_group', rowid, 'availability', NULL, 'must be given, or stops of the group in tool_down (1 for a group that never stops)'
FROM tool_group
WHERE availability IS NULL AND tool_group NOT IN (SELECT tool_group FROM tool_down)
UNION ALL
SELECT 'finding', 'tool_group', g.rowid, 'availability', NULL,
       'must be above 0, not ' || format('%.6g', a.availability) || ' as the stops of the group in tool_down make it: 1 - the sum of hours / (hours_between + hours)'
FROM tool_group AS g
JOIN tool_availability AS a ON a.tool_group = g.tool_group
WHERE g.availability IS NULL AND a.availability <= 0
UNION ALL
SELECT 'warning', 'tool_down', rowid, 'units_between', units_between, 'has no effect: no step of a route runs on ' || tool_group
FROM tool_down
WHERE units_between IS NOT NULL AND tool_group NOT IN (SELECT tool_group FROM route_step)
UNION ALL
SELECT 'warning', 'tool_down', rowid, 'hours', hours, 'has no effect: a stop that takes no time'
FROM tool_down
WHERE hours = 0;
