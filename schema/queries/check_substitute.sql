-- Purpose: substitutes are for somebody that uses the item, make nothing out of nothing, and are no cheaper way of throwing away.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
-- way: ways from the first item of a circle over substitutes for all that are in force in a period, with the units of the first that make one of the last; no item twice.
WITH RECURSIVE
    edge(row_id, item, instead_of, rate, period, start_date) AS (
        SELECT s.rowid, s.item, s.instead_of, COALESCE(s.rate, 1), c.period, c.start_date
        FROM substitute AS s JOIN calendar AS c ON COALESCE(s.from_date, '') <= c.start_date AND c.start_date < COALESCE(s.to_date, '9999')
        WHERE s.consumer IS NULL AND EXISTS (SELECT 1 FROM substitute WHERE COALESCE(rate, 1) < 1)
    ),
    way(root, node, row_id, rate, period, start_date, path) AS (
        SELECT item, instead_of, row_id, rate, period, start_date, item || ' for ' || instead_of FROM edge WHERE instead_of >= item
        UNION
        SELECT way.root, edge.instead_of, way.row_id, way.rate * edge.rate, way.period, way.start_date, way.path || ' for ' || edge.instead_of
        FROM way JOIN edge ON edge.item = way.node AND edge.period = way.period
        WHERE way.node <> way.root AND edge.instead_of >= way.root AND (edge.instead_of = way.root OR instr(' ' || way.path || ' ', ' ' || edge.instead_of || ' ') = 0)
    ),
    loop AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY root, path ORDER BY start_date) AS place FROM way WHERE node = root AND rate < 1 - 1e-9)
SELECT 'finding' AS severity, 'substitute' AS tbl, row_id, 'rate' AS "column", rate AS value,
       'must be at least 1, multiplied around a circle of substitutes (' || path || ' in ' || period || '): it makes material out of nothing' AS message
FROM loop
WHERE place = 1
UNION ALL
SELECT 'finding', 'substitute', rowid, 'consumer', consumer, 'must be an item or a customer'
FROM substitute
WHERE consumer IS NOT NULL AND consumer NOT IN (SELECT item FROM item) AND consumer NOT IN (SELECT customer FROM customer)
UNION ALL
SELECT 'finding', 'substitute', rowid, 'consumer', consumer, 'must not be both an item and a customer'
FROM substitute
WHERE consumer IN (SELECT item FROM item) AND consumer IN (SELECT customer FROM customer)
UNION ALL
SELECT 'finding', 'substitute', rowid, 'consumer', consumer, 'must be an item whose bill (table bom) has ' || instead_of
FROM substitute
WHERE consumer IN (SELECT item FROM item) AND consumer NOT IN (SELECT customer FROM customer)
  AND NOT EXISTS (SELECT 1 FROM bom WHERE bom.item = consumer AND bom.component = instead_of)
UNION ALL
SELECT 'warning', 'substitute', rowid, 'consumer', consumer, 'should use ' || instead_of || ' inside the row''s dates: the row has no effect'
FROM substitute AS s
WHERE EXISTS (SELECT 1 FROM bom WHERE bom.item = consumer AND bom.component = instead_of)
  AND NOT EXISTS (SELECT 1 FROM bom WHERE bom.item = consumer AND bom.component = instead_of AND COALESCE(bom.from_date, '') < COALESCE(s.to_date, '9999')
                  AND (COALESCE(s.from_date, '') < COALESCE(bom.to_date, '9999') OR bom.at_frac > 0))
UNION ALL
SELECT 'warning', 'substitute', rowid, 'consumer', consumer, 'should order ' || instead_of || ': the row has no effect'
FROM substitute
WHERE consumer IN (SELECT customer FROM customer) AND consumer NOT IN (SELECT item FROM item)
  AND NOT EXISTS (SELECT 1 FROM demand AS d WHERE d.customer = consumer AND d.item = instead_of)
  AND NOT EXISTS (SELECT 1 FROM driver_use AS u WHERE u.customer = consumer AND u.item = instead_of)
UNION ALL
SELECT 'warning', 'substitute', s.rowid, 'rate', COALESCE(s.rate, 1),
       'times discard_usd ' || printf('%g', a.discard_usd) || ' of ' || s.item || ' is above discard_usd ' || printf('%g', COALESCE(b.discard_usd, 0)) || ' of ' || s.instead_of
       || ': it is cheaper to throw it away as that'
FROM substitute AS s JOIN item AS a ON a.item = s.item JOIN item AS b ON b.item = s.instead_of
WHERE s.consumer IS NULL AND COALESCE(s.rate, 1) * COALESCE(a.discard_usd, 0) > COALESCE(b.discard_usd, 0)
UNION ALL
SELECT 'warning', 'substitute', rowid, 'instead_of', instead_of, 'should be another item than the one that serves instead: the row has no effect'
FROM substitute
WHERE item = instead_of AND COALESCE(rate, 1) >= 1;
