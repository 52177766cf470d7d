-- The input table tool_alternate as it is now.
SELECT * FROM tool_alternate ORDER BY tool_group, alternate, route, step
