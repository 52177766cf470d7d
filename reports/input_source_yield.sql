-- The input table source_yield as it is now.
SELECT * FROM source_yield ORDER BY source, from_date
