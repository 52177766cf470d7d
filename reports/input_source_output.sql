-- The input table source_output as it is now.
SELECT * FROM source_output ORDER BY source, item
