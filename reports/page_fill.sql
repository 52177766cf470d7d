-- Customer x period in which orders are due: their value, and that of what is shipped for them.
SELECT d.customer, d.period AS period, sum(d.quantity * d.price_usd) AS demanded_usd, sum(d.shipped * d.price_usd) AS shipped_usd
FROM plan_demand AS d JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
WHERE d.plan = :plan
GROUP BY d.customer, d.period, p.number ORDER BY d.customer, p.number
