-- The input table source_cost as it is now.
SELECT * FROM source_cost ORDER BY source, from_date
