-- Cash in each month.
SELECT 'cash' AS key, (SELECT plan_name FROM p) AS label, month, 0.0 AS before_usd FROM months ORDER BY month
