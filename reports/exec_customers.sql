-- Customer x year due: what was wanted, what is shipped for it (in time or late), at the price of each order; compute of what is shipped, in GW.
SELECT 'c' || dense_rank() OVER (ORDER BY d.customer) || 'y' || substr(p.start_date, 1, 4) AS place, d.customer, coalesce(c.name, d.customer) AS name, CAST(substr(p.start_date, 1, 4) AS INTEGER) AS year,
       sum(d.quantity * d.price_usd) AS demanded_usd, sum(d.shipped * d.price_usd) AS shipped_usd,
       total(d.shipped * i.compute_watts) / 1000000000 AS compute_gw
FROM plan_demand AS d
JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
LEFT JOIN customer AS c ON c.customer = d.customer
LEFT JOIN item AS i ON i.item = d.item
WHERE d.plan = :plan
GROUP BY d.customer, year
ORDER BY d.customer, year
