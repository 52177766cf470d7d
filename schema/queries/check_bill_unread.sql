-- Purpose: a bill that nothing takes has no effect.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'warning' AS severity, 'bom' AS tbl, b.rowid AS row_id, 'item' AS "column", b.item AS value,
       'has no effect: no source of the item takes components (consumes_bom)' AS message
FROM bom AS b
WHERE NOT EXISTS (SELECT 1 FROM source AS s WHERE s.item = b.item AND COALESCE(s.consumes_bom, s.route IS NOT NULL) = 1 AND (b.source IS NULL OR b.source = s.source))
  AND EXISTS (SELECT 1 FROM source AS s WHERE s.item = b.item);
