,
  days AS (SELECT min(start_date) AS first, max(start_date) AS last FROM per)
, months(month, last) AS (
    SELECT substr(first, 1, 7), substr(last, 1, 7) FROM days
    UNION ALL SELECT strftime('%Y-%m', month || '-01', '+1 month'), last FROM months WHERE month < last)
-- The months in which money moves.
SELECT month, month || '-01' AS first_day, CAST(substr(month, 1, 4) AS INTEGER) AS year, row_number() OVER (ORDER BY month) AS number FROM months ORDER BY month
