-- Purpose: the shares of a source's good units sum to at most 1 (a part in a thousand million is rounding of the file).
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'finding' AS severity, 'source_output' AS tbl, MAX(rowid) AS row_id, 'share' AS "column", SUM(share) AS value,
       'must be at most 1, summed over the outputs of source ' || source AS message
FROM source_output
GROUP BY source
HAVING SUM(share) > 1 + 1e-9;
