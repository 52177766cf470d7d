-- Ranges of the whole.
SELECT CASE what WHEN 'objective_usd' THEN 'Objective' WHEN 'profit_usd' THEN 'Profit' ELSE 'Regret of the base plan' END AS what, base, mean, p10, p50, p90
FROM sweep_range
WHERE sweep = :sweep AND what IN ('objective_usd', 'profit_usd', 'regret_usd')
ORDER BY what
