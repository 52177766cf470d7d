-- Purpose: a lot that still has to take components has a bill in force at its start date.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
-- bill: the rows that count for each source that consumes: its own, else those without source.
WITH
    own(source) AS (SELECT DISTINCT source FROM bom WHERE source IS NOT NULL),
    bill(source, first_day, end_day) AS (
        SELECT source.source, COALESCE(bom.from_date, ''), COALESCE(bom.to_date, '9999')
        FROM source JOIN bom ON bom.item = source.item AND (bom.source = source.source OR (bom.source IS NULL AND source.source NOT IN own))
        WHERE COALESCE(source.consumes_bom, source.route IS NOT NULL)
    )
SELECT 'warning' AS severity, 'lot' AS tbl, lot.rowid AS row_id, 'start_time' AS "column", lot.start_time AS value, 'should lie where a row of the bill of source ' || lot.source || ' is in force: the lot takes no components any more' AS message
FROM lot
WHERE lot.status IN ('active', 'held')
  AND EXISTS (SELECT 1 FROM bill WHERE bill.source = lot.source)
  AND NOT EXISTS (SELECT 1 FROM bill WHERE bill.source = lot.source AND first_day <= date(lot.start_time) AND date(lot.start_time) < end_day);
