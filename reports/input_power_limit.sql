-- The input table power_limit as it is now.
SELECT * FROM power_limit ORDER BY site, from_date
