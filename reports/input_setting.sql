-- The input table setting as it is now.
SELECT * FROM setting ORDER BY key
