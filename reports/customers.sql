-- Customer x year: what was wanted, shipped on time, shipped late and is short, at the price of each order.
WITH sent AS (
  SELECT demand, total(quantity * price_usd) FILTER (WHERE late_weeks = 0) AS on_time_usd,
         total(quantity * price_usd) FILTER (WHERE late_weeks > 0) AS late_usd, total(late_weeks * 7 * quantity * price_usd) AS late_usd_days
  FROM plan_shipment WHERE plan = :plan GROUP BY demand)
SELECT d.customer, coalesce(c.name, d.customer) AS name, CAST(substr(p.start_date, 1, 4) AS INTEGER) AS year,
       sum(d.quantity * d.price_usd) AS demanded_usd, sum(d.shipped * d.price_usd) AS shipped_usd, total(s.on_time_usd) AS on_time_usd,
       total(s.late_usd) AS late_usd, CASE WHEN total(s.late_usd) = 0 THEN 0.0 ELSE total(s.late_usd_days) / total(s.late_usd) END AS late_days,
       sum(d.short * d.price_usd) AS short_usd,
       CASE WHEN sum(d.quantity * d.price_usd) = 0 THEN 1.0 ELSE sum(d.shipped * d.price_usd) / sum(d.quantity * d.price_usd) END AS fill,
       CASE WHEN sum(d.quantity * d.price_usd) = 0 THEN 1.0 ELSE total(s.on_time_usd) / sum(d.quantity * d.price_usd) END AS on_time,
       (SELECT CASE WHEN sum(quantity * price_usd) = 0 THEN 1.0 ELSE sum(shipped * price_usd) / sum(quantity * price_usd) END
        FROM plan_demand WHERE plan = :plan) AS fill_total,
       (SELECT CASE WHEN sum(quantity * price_usd) = 0 THEN 1.0
                    ELSE (SELECT total(on_time_usd) FROM sent) / sum(quantity * price_usd) END FROM plan_demand WHERE plan = :plan) AS on_time_total
FROM plan_demand AS d
JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
LEFT JOIN customer AS c ON c.customer = d.customer
LEFT JOIN sent AS s ON s.demand = d.demand
WHERE d.plan = :plan
GROUP BY d.customer, year
ORDER BY d.customer, year
