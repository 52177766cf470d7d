-- Every shipment.
SELECT s.demand, s.customer, s.item, coalesce(i.name, s.item) AS item_name, d.period AS due, s.period, s.quantity, s.price_usd,
  s.quantity * s.price_usd AS revenue_usd,
       s.late_weeks, s.late_usd
FROM plan_shipment AS s
JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period
JOIN plan_demand AS d ON d.plan = s.plan AND d.demand = s.demand
LEFT JOIN item AS i ON i.item = s.item
WHERE s.plan = :plan
ORDER BY p.number, s.customer, s.item, s.demand
