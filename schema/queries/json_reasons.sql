-- Why orders are short: the parts of the cost of one more unit, the largest first.
-- parameters: :plan the plan
-- columns: demand, number, equation, key, period, usd_per_unit, text
SELECT demand, rank AS number, family AS equation, key, period, usd_per_unit, label AS text
FROM plan_shortage
WHERE plan = :plan
ORDER BY demand, rank;
