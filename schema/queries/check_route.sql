-- Purpose: routes have steps that run forward on tools of their line, and somebody uses them.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'finding' AS severity, 'route_step' AS tbl, rowid AS row_id, 'from_frac' AS "column", from_frac AS value,
       'must be at most to_frac ' || format('%.15g', to_frac) AS message
FROM route_step
WHERE from_frac > to_frac
UNION ALL
SELECT 'warning', 'route', rowid, 'route', route, 'should have steps (no row in route_step: it loads no tools)'
FROM route
WHERE route NOT IN (SELECT route FROM route_step)
UNION ALL
SELECT 'warning', 'route', rowid, 'route', route, 'should be used by a source (it is never run)'
FROM route
WHERE route NOT IN (SELECT route FROM source WHERE route IS NOT NULL)
UNION ALL
SELECT 'warning', 'route_step', route_step.rowid, 'tool_group', route_step.tool_group,
       'should stand in line ' || route.line || ' of its route (it stands in ' || tool_group.line || ')'
FROM route_step
JOIN route ON route.route = route_step.route
JOIN tool_group ON tool_group.tool_group = route_step.tool_group
WHERE tool_group.line <> route.line;
