-- The input table source_limit as it is now.
SELECT * FROM source_limit ORDER BY source, from_date
