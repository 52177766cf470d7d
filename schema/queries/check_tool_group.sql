-- Purpose: what can be bought has a price; tools without work and work without tools.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
-- Groups that give floor or power (negative floor_m2, supply_mw) have no steps.
SELECT 'finding' AS severity, 'tool_group' AS tbl, rowid AS row_id, 'price_usd' AS "column", NULL AS value, 'must be given when buyable is 1' AS message
FROM tool_group
WHERE buyable = 1 AND price_usd IS NULL
UNION ALL
SELECT 'warning', 'tool_group', rowid, 'tool_group', tool_group, 'should have a step of a route or be an alternate (nothing loads it)'
FROM tool_group
WHERE tool_group NOT IN (SELECT tool_group FROM route_step)
  AND tool_group NOT IN (SELECT alternate FROM tool_alternate)
  AND COALESCE(floor_m2, 0) >= 0
  AND COALESCE(supply_mw, 0) = 0
UNION ALL
SELECT 'warning', 'tool_group', rowid, 'tools', tools, 'should be more than 0, be bought or grow in tool_count: its steps can never run'
FROM tool_group
WHERE tools = 0 AND COALESCE(buyable, 0) = 0
  AND tool_group IN (SELECT tool_group FROM route_step)
  AND tool_group NOT IN (SELECT tool_group FROM tool_alternate)
  AND tool_group NOT IN (SELECT tool_group FROM tool_count WHERE tools > 0);
