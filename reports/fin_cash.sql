,
  days AS (SELECT min(day) AS first, max(day) AS last FROM (SELECT start_date AS day FROM per UNION ALL SELECT paid FROM pay))
, months(month, last) AS (
    SELECT substr(first, 1, 7), substr(last, 1, 7) FROM days
    UNION ALL SELECT strftime('%Y-%m', month || '-01', '+1 month'), last FROM months WHERE month < last)
-- Cash in each month.
SELECT 'cash' AS key, (SELECT plan_name FROM p) AS label, month, 0.0 AS before_usd FROM months ORDER BY month
