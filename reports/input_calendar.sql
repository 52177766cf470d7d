-- The input table calendar as it is now.
SELECT * FROM calendar ORDER BY start_date
