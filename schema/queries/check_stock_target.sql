-- Purpose: a target is of an item that can be in stock, that its room allows, and whose cover lies inside the horizon.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
WITH
    unstocked(item) AS (
        SELECT source.item FROM source WHERE source IN (SELECT source FROM source_output)
        EXCEPT
        SELECT item FROM source_output
    ),
    tail(days) AS (SELECT COALESCE((SELECT CAST(value AS REAL) FROM setting WHERE key = 'tail_days'), 0)),
    room(row_id, max_stock) AS (
        SELECT t.rowid, MIN(COALESCE((SELECT l.max_stock FROM stock_limit AS l
                                      WHERE l.item = t.item AND l.from_date <= c.start_date AND (l.to_date IS NULL OR c.start_date < l.to_date)), i.max_stock))
        FROM stock_target AS t JOIN item AS i ON i.item = t.item
        JOIN calendar AS c ON t.from_date <= c.start_date AND (t.to_date IS NULL OR c.start_date < t.to_date)
        GROUP BY t.rowid
    )
SELECT 'finding' AS severity, 'stock_target' AS tbl, rowid AS row_id, 'item' AS "column", item AS value,
       'must be an item that is stocked (a die before binning never is: give its bins targets)' AS message
FROM stock_target
WHERE item IN unstocked
UNION ALL
SELECT 'warning', 'stock_target', t.rowid, 'quantity', t.quantity, 'should not be above max_stock ' || printf('%g', room.max_stock) || ' in force: what is above it is always missing'
FROM stock_target AS t JOIN room ON room.row_id = t.rowid
WHERE t.quantity > room.max_stock
UNION ALL
SELECT 'warning', 'stock_target', t.rowid, 'cover_days', t.cover_days,
       'reaches beyond the horizon in its last periods, where only what lies inside counts: setting tail_days of at least ' || printf('%g', t.cover_days) || ' plans on behind it'
FROM stock_target AS t, tail
WHERE t.cover_days > tail.days
  AND EXISTS (SELECT 1 FROM calendar AS c WHERE t.from_date <= c.start_date AND (t.to_date IS NULL OR c.start_date < t.to_date)
              AND julianday(c.end_date) + t.cover_days > (SELECT MAX(julianday(end_date)) FROM calendar) + tail.days)
UNION ALL
SELECT 'warning', 'stock_target', rowid, 'quantity', quantity, 'should be above 0, or cover_days: the row has no effect'
FROM stock_target
WHERE COALESCE(quantity, 0) = 0 AND COALESCE(cover_days, 0) = 0
UNION ALL
SELECT 'warning', 'stock_target', rowid, 'shortfall_usd_per_unit_week', shortfall_usd_per_unit_week, 'should be above 0: what is missing costs nothing, and the row has no effect'
FROM stock_target
WHERE shortfall_usd_per_unit_week = 0;
