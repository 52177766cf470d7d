-- What a policy changes for each customer; nothing for policy profit.
-- parameters: :plan the plan
-- columns: customer, fill, fill_by_profit (of the plan of policy profit), change, kept_by (stage, '' when none), last_usd_costs_at_least (of profit), loss_usd (NULL: not tested)
WITH
    filled AS (
        SELECT d.customer, sum(d.quantity * d.price_usd) AS demanded_usd, sum(d.shipped * d.price_usd) AS shipped_usd
        FROM plan_demand AS d
        WHERE d.plan = :plan
        GROUP BY d.customer
    )
SELECT c.customer,
       f.shipped_usd / f.demanded_usd AS fill,
       c.profit_shipped_usd / f.demanded_usd AS fill_by_profit,
       (f.shipped_usd - c.profit_shipped_usd) / f.demanded_usd AS change,
       coalesce(k.stage, '') AS kept_by,
       k.last_usd_costs AS last_usd_costs_at_least,
       k.loss_usd
FROM plan_customer AS c
JOIN filled AS f ON f.customer = c.customer
LEFT JOIN plan_kept AS k ON k.plan = c.plan AND k.customer = c.customer
WHERE c.plan = :plan AND c.profit_shipped_usd IS NOT NULL AND f.demanded_usd > 0
ORDER BY c.customer;
