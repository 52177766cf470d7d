-- What each customer gains and loses, money of its own day, not discounted; who loses most first.
-- parameters: :base, :plan
-- columns: plan, customer, fill_before, fill_after, fill_change, shipped_usd_before, shipped_usd_after, shipped_usd_change, units_change (shipped)
WITH served AS (
    SELECT plan, customer, sum(quantity * price_usd) AS demanded_usd, sum(shipped * price_usd) AS shipped_usd, sum(shipped) AS units
    FROM plan_demand
    WHERE plan IN (:base, :plan)
    GROUP BY plan, customer
), names AS (SELECT DISTINCT customer FROM served), both AS (
    SELECT n.customer, iif(coalesce(b.demanded_usd, 0) > 0, b.shipped_usd / b.demanded_usd, NULL) AS fill_before, iif(coalesce(a.demanded_usd, 0) > 0, a.shipped_usd / a.demanded_usd, NULL) AS fill_after,
           coalesce(b.shipped_usd, 0) AS usd_before, coalesce(a.shipped_usd, 0) AS usd_after, coalesce(a.units, 0) - coalesce(b.units, 0) AS units
    FROM names AS n
    LEFT JOIN served AS b ON b.customer = n.customer AND b.plan = :base
    LEFT JOIN served AS a ON a.customer = n.customer AND a.plan = :plan
)
SELECT :plan AS plan, customer, fill_before, fill_after, fill_after - fill_before AS fill_change, usd_before AS shipped_usd_before, usd_after AS shipped_usd_after, usd_after - usd_before AS shipped_usd_change,
       units AS units_change
FROM both
ORDER BY usd_after - usd_before, customer;
