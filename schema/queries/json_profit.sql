-- What a plan earns before penalties and end value, what its policy costs, how much its starts jump, and what of the history it was made with.
-- parameters: :plan the plan
-- columns: profit_usd, policy_price_usd (0: policy profit), restlessness (NULL: not known), simulated (0, 1; NULL: not known), yields (plan, fit, p10, p50, p90; NULL: not known), measured (NULL: nothing)
SELECT profit_usd, policy_price_usd, restlessness, simulated, yields, measured
FROM plan
WHERE plan = :plan;
