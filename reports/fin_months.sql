-- The months in which money moves.
SELECT month, month || '-01' AS first_day, CAST(substr(month, 1, 4) AS INTEGER) AS year, row_number() OVER (ORDER BY month) AS number FROM months ORDER BY month
