-- Which arrivals every shipment is made of.
-- parameters: :plan the plan
-- columns: demand, period (of the shipment), item, from (stock, receipt, wip, source), key (NULL: stock; receipt: its date; wip: the lot, or of several alike their source, status and progress; source), arrival (period; NULL: stock), quantity
SELECT g.demand, g.period, g.item, g."from", nullif(g.key, '') AS "key", nullif(g.arrival, '') AS arrival, g.quantity
FROM plan_peg AS g
JOIN plan_all_period AS p ON p.plan = g.plan AND p.period = g.period
JOIN plan_demand AS d ON d.plan = g.plan AND d.demand = g.demand
LEFT JOIN plan_all_period AS a ON a.plan = g.plan AND a.period = g.arrival
WHERE g.plan = :plan
ORDER BY g.demand, p.number, g.item <> d.item, g.item, a.number, g."from", g.key;
