-- Starts of every source and period, and the limits of its contracts.
-- parameters: :plan the plan
-- columns: source, period, starts, starts_per_week, cost_usd, min_starts (NULL: none), max_starts (NULL: none), starts_missing, starts_multiple, fixed_usd
SELECT t.source, t.period, t.starts, t.starts_per_week, t.cost_usd, t.min_starts, t.max_starts, t.starts_missing, t.starts_multiple, t.fixed_usd
FROM plan_start AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY t.source, p.number;
