-- The input table demand as it is now.
SELECT * FROM demand ORDER BY demand
