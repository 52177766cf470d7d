-- What is shipped of each item; what loses most money first; what does not change is left out.
-- parameters: :base, :plan
-- columns: plan, item, customers, units_before, units_after, units_change, usd_change (of its own day)
WITH shipped AS (
    SELECT plan, item, group_concat(DISTINCT customer) AS customers, sum(shipped) AS units, sum(shipped * price_usd) AS usd
    FROM plan_demand
    WHERE plan IN (:base, :plan)
    GROUP BY plan, item
), names AS (SELECT DISTINCT item FROM shipped)
SELECT :plan AS plan, n.item, coalesce(b.customers, a.customers) AS customers, coalesce(b.units, 0) AS units_before, coalesce(a.units, 0) AS units_after,
       coalesce(a.units, 0) - coalesce(b.units, 0) AS units_change, coalesce(a.usd, 0) - coalesce(b.usd, 0) AS usd_change
FROM names AS n
LEFT JOIN shipped AS b ON b.item = n.item AND b.plan = :base
LEFT JOIN shipped AS a ON a.item = n.item AND a.plan = :plan
WHERE abs(coalesce(a.units, 0) - coalesce(b.units, 0)) > 1e-6 * max(1, coalesce(b.units, 0), coalesce(a.units, 0)) OR abs(coalesce(a.usd, 0) - coalesce(b.usd, 0)) > 1e-6 * max(1, coalesce(b.usd, 0))
ORDER BY usd_change, n.item;
