-- Shipments against orders.
-- parameters: :plan the plan
-- columns: demand, period, quantity, late_days, revenue_usd, late_usd
SELECT t.demand, t.period, t.quantity, t.late_weeks * 7 AS late_days, t.revenue_usd, t.late_usd
FROM plan_shipment AS t
JOIN plan_all_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY t.demand, p.number;
