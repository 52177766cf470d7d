-- Customer x year of the orders: what was wanted, shipped on time, shipped late and is short is summed by formulas from the orders and the shipments.
SELECT d.customer, coalesce(c.name, d.customer) AS name, CAST(substr(p.start_date, 1, 4) AS INTEGER) AS year
FROM plan_demand AS d
JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
LEFT JOIN customer AS c ON c.customer = d.customer
WHERE d.plan = :plan
GROUP BY d.customer, year
ORDER BY d.customer, year
