-- The input table dependency as it is now.
SELECT * FROM dependency ORDER BY source, region
