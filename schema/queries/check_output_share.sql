-- Purpose: the shares of a source's good units in force sum to at most 1 in every period (a part in a thousand million is rounding of the file). An item whose row starts later has the first row's share before.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
WITH
    day(period, start_date) AS (
        SELECT period, start_date FROM calendar
        UNION ALL
        SELECT NULL, '' WHERE NOT EXISTS (SELECT 1 FROM calendar)
    ),
    dated AS (
        SELECT rowid AS row_id, source, item, share, COALESCE(from_date, '') AS first_day,
               LEAD(from_date) OVER of_item AS next_day, ROW_NUMBER() OVER of_item AS place
        FROM source_output
        WINDOW of_item AS (PARTITION BY source, item ORDER BY COALESCE(from_date, ''))
    ),
    summed AS (
        SELECT dated.source, period, start_date, SUM(share) AS share, MAX(row_id) AS row_id
        FROM dated JOIN day ON (first_day <= start_date OR place = 1) AND (next_day IS NULL OR start_date < next_day)
        GROUP BY dated.source, period
        HAVING SUM(share) > 1 + 1e-9
    ),
    first AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY source ORDER BY start_date) AS place, COUNT(*) OVER (PARTITION BY source) AS periods FROM summed)
SELECT 'finding' AS severity, 'source_output' AS tbl, row_id, 'share' AS "column", share AS value,
       'must be at most 1, summed over the outputs of source ' || source
       || iif(EXISTS (SELECT 1 FROM source_output AS o WHERE o.source = first.source AND o.from_date IS NOT NULL), ' in period ' || period || iif(periods > 1, ' and ' || (periods - 1) || ' more', ''), '') AS message
FROM first
WHERE place = 1;
