-- The input table tool_group as it is now.
SELECT * FROM tool_group ORDER BY tool_group
