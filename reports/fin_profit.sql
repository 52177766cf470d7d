-- The plan in each year.
SELECT 'plan' AS key, (SELECT plan_name FROM p) AS label, CAST(year AS TEXT) AS key_year FROM per GROUP BY year ORDER BY year
