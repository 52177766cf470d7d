-- The input table route as it is now.
SELECT * FROM route ORDER BY route
