-- Every shipment.
SELECT s.demand, s.customer, s.item, coalesce(i.name, s.item) AS item_name, d.period AS due, CAST(substr(u.start_date, 1, 4) AS INTEGER) AS due_year,
  s.period, s.quantity, s.price_usd,
       p.start_date AS ships, date(julianday(p.start_date) - round(7 * s.late_weeks, 6)) AS late_since,        iif(s.late_weeks > 0, s.late_usd / (s.quantity * s.late_weeks), NULL) AS late_usd_per_week
FROM plan_shipment AS s
JOIN plan_all_period AS p ON p.plan = s.plan AND p.period = s.period
JOIN plan_demand AS d ON d.plan = s.plan AND d.demand = s.demand
JOIN plan_period AS u ON u.plan = s.plan AND u.period = d.period
LEFT JOIN item AS i ON i.item = s.item
WHERE s.plan = :plan
ORDER BY p.number, s.customer, s.item, s.demand
