-- Purpose: demand and open orders fall into the calendar, and demand is for something that can be had.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
-- An item can be had from a source (as its item, or as an output of it), from stock, from an open order, or from an item that serves instead.
WITH RECURSIVE
    had(item) AS (
        SELECT item FROM source WHERE source NOT IN (SELECT source FROM source_output)
        UNION
        SELECT item FROM source_output
        UNION
        SELECT item FROM stock WHERE on_hand > 0
        UNION
        SELECT item FROM receipt WHERE quantity > 0
        UNION
        SELECT substitute.instead_of FROM had JOIN substitute ON substitute.item = had.item
    ),
    horizon(first_day, end_day) AS (SELECT MIN(start_date), MAX(end_date) FROM calendar)
SELECT 'warning' AS severity, 'demand' AS tbl, rowid AS row_id, 'due_date' AS "column", due_date AS value,
       'should not lie before the calendar (it starts on ' || first_day || '): '
       || CASE WHEN julianday(first_day) - julianday(due_date) <= coalesce(max_late_days, 0) THEN 'overdue, late from this day on'
               ELSE printf('overdue by more than max_late_days %g, it', coalesce(max_late_days, 0)) || ' cannot ship and is left out' END AS message
FROM demand, horizon
WHERE due_date < first_day
UNION ALL
SELECT 'warning', 'demand', rowid, 'due_date', due_date, 'should lie before the calendar''s end ' || end_day || ': left out'
FROM demand, horizon
WHERE due_date >= end_day
UNION ALL
SELECT 'warning', 'receipt', receipt.rowid, 'date', date, 'should not lie before the calendar (it starts on ' || first_day || '): taken as arriving on that day'
FROM receipt, horizon
WHERE date < first_day
UNION ALL
SELECT 'warning', 'receipt', receipt.rowid, 'date', date, 'should lie before the calendar''s end ' || end_day || ': left out'
FROM receipt, horizon
WHERE date >= end_day
UNION ALL
SELECT 'finding', 'demand', rowid, 'item', item,
       'must be an item that something gives (it has no source, output, stock, receipt or substitute: add a source)'
FROM demand
WHERE item NOT IN had
UNION ALL
SELECT 'finding', 'driver_use', rowid, 'item', item,
       'must be an item that something gives (it has no source, output, stock, receipt or substitute: add a source)'
FROM driver_use
WHERE item NOT IN had
UNION ALL
SELECT 'warning', 'bom', bom.rowid, 'component', bom.component,
       'should be an item that something gives (it has no source, output, stock, receipt or substitute)'
FROM bom
WHERE component NOT IN had
UNION ALL
SELECT 'warning', 'demand', rowid, 'ship_multiple', ship_multiple,
       CASE WHEN whole THEN 'does not go into quantity ' || printf('%g', quantity) || ' of an order that is whole' ELSE 'is above quantity ' || printf('%g', quantity) END
       || ': with whole decisions nothing of it is shipped'
FROM demand
WHERE ship_multiple > quantity * (1 + 1e-9) OR (whole AND abs(quantity / ship_multiple - round(quantity / ship_multiple)) > 1e-9);
