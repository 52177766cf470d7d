-- Purpose: windows of dates run forward. Windows of the same key may overlap (every one is a limit of its own); of a source that is more likely a slip, so it is said.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
WITH
    dated(tbl, key, row_id, from_date, to_date) AS (
        SELECT 'tool_delivery_limit', tool_group, rowid, from_date, to_date FROM tool_delivery_limit
        UNION ALL
        SELECT 'source_limit', source, rowid, from_date, to_date FROM source_limit
        UNION ALL
        SELECT 'line_limit', line, rowid, from_date, to_date FROM line_limit
        UNION ALL
        SELECT 'shipment_limit', customer || ' ' || item, rowid, from_date, to_date FROM shipment_limit
    ),
    ordered AS (
        SELECT tbl, key, row_id, from_date, to_date, LAG(to_date) OVER (PARTITION BY tbl, key ORDER BY from_date) AS last_to
        FROM dated
    )
SELECT 'finding' AS severity, tbl, row_id, 'to_date' AS "column", to_date AS value,
       'must be after from_date ' || from_date || ' (the end is exclusive)' AS message
FROM ordered
WHERE to_date <= from_date
UNION ALL
SELECT 'warning', tbl, row_id, 'from_date', from_date, 'should not lie before ' || last_to || ', where the window before ends: both limits hold (overlap of ' || key || ')'
FROM ordered
WHERE from_date < last_to AND tbl = 'source_limit'
UNION ALL
SELECT 'finding', 'source', rowid, 'available_to', available_to, 'must be after available_from ' || available_from
FROM source
WHERE available_to <= available_from;
