-- The input table tool_delivery_limit as it is now.
SELECT * FROM tool_delivery_limit ORDER BY tool_group, from_date
