-- Purpose: with whole decisions a contract lets some number of starts be: none of those that min_lot and starts_multiple allow lies below its maximum of a period.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
WITH
    least(source, starts) AS (
        SELECT source, iif(starts_multiple IS NULL, COALESCE(min_lot, 0), starts_multiple * max(1, ceil(COALESCE(min_lot, 0) / starts_multiple)))
        FROM source
    ),
    held(row_id, period, most, starts, place) AS (
        SELECT l.rowid, c.period, l.max_starts_per_week * (julianday(c.end_date) - julianday(c.start_date)) / 7, least.starts,
               ROW_NUMBER() OVER (PARTITION BY l.rowid ORDER BY c.start_date)
        FROM source_limit AS l JOIN least ON least.source = l.source JOIN calendar AS c ON l.from_date <= c.start_date AND c.start_date < l.to_date
        WHERE l.max_starts_per_week > 0 AND least.starts > l.max_starts_per_week * (julianday(c.end_date) - julianday(c.start_date)) / 7 * (1 + 1e-9)
    )
SELECT 'warning' AS severity, 'source_limit' AS tbl, row_id, 'max_starts_per_week' AS "column", most AS value,
       'starts in period ' || period || ' at most let none of the numbers be that min_lot and starts_multiple allow, the least of which is ' || printf('%g', starts)
       || ': with whole decisions nothing is started then' AS message
FROM held
WHERE place = 1;
