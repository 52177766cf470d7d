-- What the next unit of a short order costs at least and of what; the parts of an order add up to the whole.
SELECT s.demand, d.customer, d.item, d.period AS due, d.short, s.rank, s.label, s.period, s.binding, s.usd_per_unit,
       CASE WHEN d.usd_per_unit <> 0 THEN s.usd_per_unit / d.usd_per_unit END AS share, s.amount, s.unit, s.usd_per_amount
FROM plan_shortage AS s
JOIN plan_short AS d ON d.plan = s.plan AND d.demand = s.demand
JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
WHERE s.plan = :plan
ORDER BY p.number, d.customer, d.item, s.demand, s.rank
