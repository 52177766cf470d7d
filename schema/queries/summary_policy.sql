-- What a policy changes for each customer; nothing for policy profit.
-- parameters: :plan the plan
-- columns: customer, fill, fill_by_profit (of the plan of policy profit), change, kept_by (stage, '' when none), last_usd_costs_at_least (of profit), loss_usd (NULL: not tested)
SELECT customer, fill, fill_by_profit, change, coalesce(kept_by, '') AS kept_by, last_usd_costs AS last_usd_costs_at_least, loss_usd
FROM plan_policy
WHERE plan = :plan
ORDER BY customer;
