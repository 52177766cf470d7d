-- The changes of every run.
SELECT run, scenario, tbl, row_key, column_name, operation, value, from_date, to_date
FROM sweep_change
WHERE sweep = :sweep
ORDER BY run, number
