-- What a plan earns before penalties and end value, what its policy costs, how much its starts jump, and whether its yields, lots or measures are simulated.
-- parameters: :plan the plan
-- columns: profit_usd, policy_price_usd (0: policy profit), restlessness (NULL: not known), simulated (0, 1; NULL: not known)
SELECT profit_usd, 0.0 AS policy_price_usd, restlessness, simulated
FROM plan
WHERE plan = :plan;
