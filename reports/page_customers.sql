-- Orders, shipments and shortage of each customer, at the prices of the orders.
SELECT customer, sum(quantity * price_usd) AS demanded_usd, sum(shipped * price_usd) AS shipped_usd
FROM plan_demand WHERE plan = :plan
GROUP BY customer ORDER BY customer
