,
  days AS (SELECT min(day) AS first, max(day) AS last FROM (SELECT start_date AS day FROM per UNION ALL SELECT paid FROM pay))
, months(month, last) AS (
    SELECT substr(first, 1, 7), substr(last, 1, 7) FROM days
    UNION ALL SELECT strftime('%Y-%m', month || '-01', '+1 month'), last FROM months WHERE month < last)
-- The months in which money moves.
SELECT month, month || '-01' AS first_day, CAST(substr(month, 1, 4) AS INTEGER) AS year, row_number() OVER (ORDER BY month) AS number FROM months ORDER BY month
