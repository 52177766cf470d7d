-- What is paid for tools, and when.
SELECT tool_group, name, period, ordered, delivery_date, paid, substr(paid, 1, 7) AS month, julianday(paid) - julianday((SELECT horizon_start FROM p)) AS day, tools, '={cell:fin_drivers.tool' || n || '}' AS price_formula, share
FROM pay ORDER BY paid, tool_group, number
