-- Every order: quantity, shipped, short, the reason, and what one more unit costs at least over its whole window.
SELECT d.demand, d.customer, d.item, d.period, CAST(substr(p.start_date, 1, 4) AS INTEGER) AS year,
       d.quantity, d.shipped, d.short, d.lack, d.price_usd,
       f.label,
       f.period AS limit_period,
       CASE WHEN f.binding THEN f.usd_per_amount END AS usd_per_amount,
       CASE WHEN f.binding THEN f.unit END AS unit,
       CASE WHEN d.short > 0 THEN d.shortage_usd / d.short END AS unit_penalty_usd, d.cost_period, d.usd_per_unit, d.shortage_usd, d.commitment_usd
FROM plan_demand AS d
JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
LEFT JOIN plan_short AS s ON s.plan = d.plan AND s.demand = d.demand
LEFT JOIN plan_shortage AS f ON f.plan = s.plan AND f.demand = s.demand AND f.rank = 1
WHERE d.plan = :plan
ORDER BY s.demand IS NULL, p.number, d.short * d.price_usd DESC, d.demand
