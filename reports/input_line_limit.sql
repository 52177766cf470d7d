-- The input table line_limit as it is now.
SELECT * FROM line_limit ORDER BY line, from_date
