-- Why orders are short: the reason first, then the parts of what one more unit costs at least, discounted.
-- parameters: :plan the plan
-- columns: demand, number, equation, key, period, usd_per_unit (NULL: no source could deliver), text
SELECT s.demand, s.rank AS number, s.family AS equation, s.key, s.period, s.usd_per_unit * t.discount AS usd_per_unit, s.label AS text
FROM plan_shortage AS s
JOIN plan_demand AS d ON d.plan = s.plan AND d.demand = s.demand
LEFT JOIN plan_all_period AS t ON t.plan = d.plan AND t.period = d.cost_period
WHERE s.plan = :plan
ORDER BY s.demand, s.rank;
