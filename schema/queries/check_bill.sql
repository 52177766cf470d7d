-- Purpose: a row of a bill for a source is of the source's item, and there is a bill whenever something is started or still has to take its components.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
-- bill: the rows that count for each source that consumes: its own, else those without source.
WITH
    consumer(source, item, available_from, available_to) AS (
        SELECT source, item, COALESCE(available_from, ''), COALESCE(available_to, '9999') FROM source WHERE COALESCE(consumes_bom, route IS NOT NULL)
    ),
    own(source) AS (SELECT DISTINCT source FROM bom WHERE source IS NOT NULL),
    bill(source, row_id, first_day, end_day) AS (
        SELECT consumer.source, bom.rowid, COALESCE(bom.from_date, ''), COALESCE(bom.to_date, '9999')
        FROM consumer JOIN bom ON bom.item = consumer.item AND (bom.source = consumer.source OR (bom.source IS NULL AND consumer.source NOT IN own))
    ),
    without(source, period, row_id) AS (
        SELECT consumer.source, MIN(calendar.start_date), (SELECT MIN(row_id) FROM bill WHERE bill.source = consumer.source)
        FROM consumer JOIN calendar ON available_from <= start_date AND start_date < available_to
        WHERE EXISTS (SELECT 1 FROM bill WHERE bill.source = consumer.source)
          AND NOT EXISTS (SELECT 1 FROM bill WHERE bill.source = consumer.source AND first_day <= start_date AND start_date < end_day)
        GROUP BY consumer.source
    )
SELECT 'finding' AS severity, 'bom' AS tbl, bom.rowid AS row_id, 'source' AS "column", bom.source AS value,
       'must be a source of item ' || bom.item || ' (it gives ' || source.item || ')' AS message
FROM bom JOIN source ON source.source = bom.source
WHERE source.item <> bom.item
UNION ALL
SELECT 'warning', 'bom', bom.rowid, 'source', bom.source, 'should be a source that consumes components (consumes_bom 1, or a route): the row has no effect'
FROM bom JOIN source ON source.source = bom.source
WHERE NOT COALESCE(source.consumes_bom, source.route IS NOT NULL)
UNION ALL
SELECT 'warning', 'bom', row_id, NULL, NULL, 'should have a row in force on ' || period || ', when source ' || source || ' may start: it takes no components then'
FROM without
UNION ALL
SELECT 'warning', 'bom', rowid, 'source', NULL, 'should be given: every source of ' || item || ' that consumes components has rows of its own, and the row has no effect'
FROM bom
WHERE source IS NULL AND item IN (SELECT item FROM consumer) AND rowid NOT IN (SELECT row_id FROM bill);
