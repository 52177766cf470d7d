-- Purpose: ranges of the whole.
-- Parameters: :sweep. Columns: what, base, mean, p10, p50, p90.
SELECT what, base, mean, p10, p50, p90
FROM sweep_range
WHERE sweep = :sweep AND what IN ('objective_usd', 'profit_usd', 'regret_usd')
ORDER BY what;
