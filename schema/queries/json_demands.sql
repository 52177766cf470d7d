-- Every demand, what is shipped against it, and the marginal cost of one more unit.
-- parameters: :plan the plan
-- columns: demand, customer, item, period (due), quantity, shipped, short, usd_per_unit
SELECT demand, customer, item, period, quantity, shipped, short, usd_per_unit
FROM plan_demand
WHERE plan = :plan
ORDER BY demand;
