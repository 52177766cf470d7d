-- What a policy changes for each customer; no row for policy profit.
SELECT customer, fill, fill_by_profit, change, kept_by, last_usd_costs, loss_usd
FROM plan_policy WHERE plan = :plan
ORDER BY customer
