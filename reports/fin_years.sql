-- The calendar years of the plan.
SELECT CAST(year AS TEXT) AS key, year, sum(days) AS days FROM per GROUP BY year ORDER BY year
