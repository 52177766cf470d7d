-- What every customer wanted and gets, on one page.
-- parameters: :plan the plan
-- columns: customer, demanded_usd, shipped_usd, fill (value shipped / value demanded), units_demanded, units_shipped, units_short
SELECT customer,
       sum(quantity * price_usd) AS demanded_usd,
       sum(shipped * price_usd) AS shipped_usd,
       CASE WHEN sum(quantity * price_usd) > 0 THEN sum(shipped * price_usd) / sum(quantity * price_usd) ELSE 1.0 END AS fill,
       sum(quantity) AS units_demanded,
       sum(shipped) AS units_shipped,
       sum(short) AS units_short
FROM plan_demand
WHERE plan = :plan
GROUP BY customer
ORDER BY customer;
