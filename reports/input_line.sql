-- The input table line as it is now.
SELECT * FROM line ORDER BY line
