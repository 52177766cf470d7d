,
  days AS (SELECT min(start_date) AS first, max(start_date) AS last FROM per)
, months(month, last) AS (
    SELECT substr(first, 1, 7), substr(last, 1, 7) FROM days
    UNION ALL SELECT strftime('%Y-%m', month || '-01', '+1 month'), last FROM months WHERE month < last)
-- Cash in each month.
SELECT 'cash' AS key, (SELECT plan_name FROM p) AS label, month, 0.0 AS before_usd FROM months ORDER BY month
