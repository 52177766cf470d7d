-- Which arrivals every shipment is made of.
SELECT d.customer, g.demand, g.period, g.item, g."from" AS origin, nullif(g.key, '') AS "key", nullif(g.arrival, '') AS arrival, g.quantity
FROM plan_peg AS g
JOIN plan_all_period AS p ON p.plan = g.plan AND p.period = g.period
JOIN plan_demand AS d ON d.plan = g.plan AND d.demand = g.demand
LEFT JOIN plan_all_period AS a ON a.plan = g.plan AND a.period = g.arrival
WHERE g.plan = :plan AND g.quantity > {NOTHING}
ORDER BY g.demand, p.number, g.item <> d.item, g.item, a.number, g."from", g.key
