-- The input table tool_count as it is now.
SELECT * FROM tool_count ORDER BY tool_group, from_date
