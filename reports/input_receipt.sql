-- The input table receipt as it is now.
SELECT * FROM receipt ORDER BY item, date
