-- Purpose: the periods must be there, run forward, and each begin where the one before ends.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message (as in every check_*.sql).
SELECT 'finding' AS severity, 'calendar' AS tbl, NULL AS row_id, NULL AS "column", NULL AS value,
       'has no rows, must have at least one period (an empty data set cannot be planned)' AS message
WHERE NOT EXISTS (SELECT 1 FROM calendar)
UNION ALL
SELECT 'finding', 'calendar', rowid, 'end_date', end_date, 'must be after start_date ' || start_date || ' (the end is exclusive)'
FROM calendar
WHERE end_date <= start_date
UNION ALL
SELECT 'finding', 'calendar', row_id, 'start_date', start_date,
       'must be ' || last_end || ', where period ' || last_period || ' ends (' || CASE WHEN start_date > last_end THEN 'gap' ELSE 'overlap' END || ')'
FROM (SELECT rowid AS row_id, start_date, end_date,
             LAG(end_date) OVER by_start AS last_end, LAG(start_date) OVER by_start AS last_start, LAG(period) OVER by_start AS last_period
      FROM calendar
      WINDOW by_start AS (ORDER BY start_date, end_date, period))
WHERE last_end <> start_date AND end_date > start_date AND last_end > last_start;
