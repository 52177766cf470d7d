-- The input table cycle_time as it is now.
SELECT * FROM cycle_time ORDER BY route, from_date
