-- Every demand, what is shipped against it, and what one more unit costs at least, discounted.
-- parameters: :plan the plan
-- columns: demand, customer, item, period (due), quantity, shipped, short, usd_per_unit (NULL: no source could deliver in the order's window)
SELECT d.demand, d.customer, d.item, d.period, d.quantity, d.shipped, d.short, d.usd_per_unit * t.discount AS usd_per_unit
FROM plan_demand AS d
LEFT JOIN plan_all_period AS t ON t.plan = d.plan AND t.period = d.cost_period
WHERE d.plan = :plan
ORDER BY d.demand;
