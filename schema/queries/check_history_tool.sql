-- Purpose: a tool stands in one group. (Its events are strictly in order: their times are the key.)
-- Parameters: none. Columns: severity, tbl, row_id (the key, its columns with char(31) between), column, value, message.
SELECT 'finding' AS severity, 'tool_event' AS tbl, e.tool || char(31) || MIN(e.time) AS row_id, 'tool_group' AS "column", e.tool_group AS value,
       'must be ' || first.tool_group || ' as at ' || first.time || ' (a tool stands in one group)' AS message
FROM (SELECT tool, MIN(time) AS time FROM tool_event GROUP BY tool HAVING MIN(tool_group) <> MAX(tool_group)) AS moved
JOIN tool_event AS first ON first.tool = moved.tool AND first.time = moved.time
JOIN tool_event AS e ON e.tool = moved.tool AND e.tool_group <> first.tool_group
GROUP BY e.tool;
