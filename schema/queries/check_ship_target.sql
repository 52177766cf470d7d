-- Purpose: a cumulated promise is of orders of its customer, by a day of the horizon, and not above what may be shipped by then.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
WITH horizon(first_day, end_day) AS (SELECT MIN(start_date), MAX(end_date) FROM calendar)
SELECT 'finding' AS severity, 'ship_target' AS tbl, rowid AS row_id, 'item' AS "column", item AS value, 'must be an item that customer ' || customer || ' orders (demand or driver_use)' AS message
FROM ship_target AS t
WHERE NOT EXISTS (SELECT 1 FROM demand AS d WHERE d.customer = t.customer AND d.item = t.item)
  AND NOT EXISTS (SELECT 1 FROM driver_use AS u WHERE u.customer = t.customer AND u.item = t.item)
UNION ALL
SELECT 'finding', 'ship_target', rowid, 'max_quantity', max_quantity, 'must be at least shipped_before ' || printf('%g', shipped_before)
FROM ship_target
WHERE shipped_before > max_quantity
UNION ALL
SELECT 'finding', 'ship_target', rowid, 'max_quantity', max_quantity, 'must be at least min_quantity ' || printf('%g', min_quantity)
FROM ship_target
WHERE min_quantity > max_quantity
UNION ALL
SELECT 'warning', 'ship_target', rowid, 'by_date', by_date, 'should not lie before the calendar (it starts on ' || first_day || '): left out'
FROM ship_target, horizon
WHERE by_date < first_day
UNION ALL
SELECT 'warning', 'ship_target', rowid, 'by_date', by_date,
       'should lie before the end ' || end_day || ' of the calendar and its tail: a minimum is left out, a maximum holds for all that is shipped of the horizon''s orders'
FROM ship_target, horizon
WHERE julianday(by_date) >= julianday(end_day) + COALESCE((SELECT CAST(value AS REAL) FROM setting WHERE key = 'tail_days'), 0)
UNION ALL
SELECT 'warning', 'ship_target', rowid, 'min_quantity', NULL, 'should be given, or max_quantity: the row has no effect'
FROM ship_target
WHERE min_quantity IS NULL AND max_quantity IS NULL
UNION ALL
SELECT 'warning', 'ship_target', rowid, 'min_quantity', min_quantity, 'should be above shipped_before ' || printf('%g', COALESCE(shipped_before, 0)) || ', or max_quantity be given: the row has no effect'
FROM ship_target
WHERE min_quantity <= COALESCE(shipped_before, 0) AND max_quantity IS NULL;
