,
  -- days of the axis: each Monday, or each first of a month
  tick(day) AS (
    SELECT CASE WHEN weeks THEN date(first, '-6 days', 'weekday 1') ELSE date(first, 'start of month') END FROM span
           WHERE first IS NOT NULL
    UNION ALL
    SELECT CASE WHEN weeks THEN date(day, '7 days') ELSE date(day, '1 month') END FROM tick, span
    WHERE CASE WHEN weeks THEN date(day, '7 days') ELSE date(day, '1 month') END <= last)
-- The time axis: one row for each week (month) of process-out, then one for each period of the plan.
SELECT CASE WHEN weeks THEN printf('%s-W%02d', strftime('%Y', day, '3 days'), (strftime('%j', day, '3 days') + 6) / 7)
            ELSE strftime('%Y-%m out', day) END AS period,
       day AS start_date, 'lots out' AS what, 1 AS part
FROM tick, span
UNION ALL
SELECT period || ' start', start_date, 'starts', 2 FROM yield_period WHERE snapshot = :snapshot GROUP BY period
ORDER BY part, start_date
