-- The input table source as it is now.
SELECT * FROM source ORDER BY source
