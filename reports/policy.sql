-- What a policy changes for each customer; no row for policy profit.
WITH filled AS (
    SELECT customer, sum(quantity * price_usd) AS demanded_usd, sum(shipped * price_usd) AS shipped_usd FROM plan_demand WHERE plan = :plan GROUP BY customer
)
SELECT c.customer, f.shipped_usd / f.demanded_usd AS fill, c.profit_shipped_usd / f.demanded_usd AS fill_by_profit,
       (f.shipped_usd - c.profit_shipped_usd) / f.demanded_usd AS change, k.stage AS kept_by, k.last_usd_costs, k.loss_usd
FROM plan_customer AS c
JOIN filled AS f ON f.customer = c.customer
LEFT JOIN plan_kept AS k ON k.plan = c.plan AND k.customer = c.customer
WHERE c.plan = :plan AND c.profit_shipped_usd IS NOT NULL AND f.demanded_usd > 0
ORDER BY c.customer
