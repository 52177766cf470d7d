-- Purpose: shares of independence are of items or of lines, those of one layer of one kind; layers that the plan computes have none.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
WITH
    known AS (
        SELECT rowid AS row_id, layer, key, CASE WHEN key IN (SELECT item FROM item) THEN 'item' WHEN key IN (SELECT line FROM line) THEN 'line' END AS kind
        FROM layer_share
    ),
    mixed AS (
        SELECT layer, MIN(row_id) FILTER (WHERE kind = 'line') AS row_id
        FROM known
        GROUP BY layer
        HAVING COUNT(*) FILTER (WHERE kind = 'item') > 0 AND COUNT(*) FILTER (WHERE kind = 'line') > 0
    )
SELECT 'finding' AS severity, 'layer_share' AS tbl, row_id, 'key' AS "column", key AS value, 'must be an item or a line' AS message
FROM known
WHERE kind IS NULL
UNION ALL
SELECT 'finding', 'layer_share', row_id, 'key', key, 'must be an item as other keys of layer ' || layer || ' are: keys of one layer are of one kind'
FROM mixed JOIN known USING (layer, row_id)
UNION ALL
SELECT 'warning', 'layer_share', MIN(rowid), 'layer', layer, 'should not be LO, ME or PK, whose shares are computed from the plan: the row has no effect'
FROM layer_share
WHERE layer IN ('LO', 'ME', 'PK')
GROUP BY layer;
