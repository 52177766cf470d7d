-- Purpose: an alternate is another group, and names a step of a route that the group does.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'finding' AS severity, 'tool_alternate' AS tbl, rowid AS row_id, 'alternate' AS "column", alternate AS value,
       'must be another tool group' AS message
FROM tool_alternate
WHERE alternate = tool_group
UNION ALL
SELECT 'finding', 'tool_alternate', rowid, 'step', step, 'must be empty without a route (give the route)'
FROM tool_alternate
WHERE step IS NOT NULL AND route IS NULL
UNION ALL
SELECT 'finding', 'tool_alternate', a.rowid, 'step', a.step, 'must be a step of route ' || a.route || ' on tool group ' || a.tool_group
FROM tool_alternate AS a
WHERE a.step IS NOT NULL AND a.route IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM route_step AS s WHERE s.route = a.route AND s.step = a.step AND s.tool_group = a.tool_group)
UNION ALL
SELECT 'warning', 'tool_alternate', a.rowid, 'route', a.route, 'should have a step on tool group ' || a.tool_group || ' (there are no hours to move)'
FROM tool_alternate AS a
WHERE a.step IS NULL AND a.route IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM route_step AS s WHERE s.route = a.route AND s.tool_group = a.tool_group);
