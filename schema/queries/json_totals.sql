-- The objective of a plan by kind of money, discounted; the columns add up to objective_usd.
-- parameters: :plan the plan
-- columns: revenue_usd, cost_usd, shortage_usd, late_usd, commitment_usd, shortfall_usd, substitution_usd, holding_usd, power_usd, capex_usd, removal_usd, end_value_usd, target_usd,
-- discard_usd, cumulated_usd, moved_usd, fixed_usd, change_usd, policy_usd, calm_usd, tail_usd
SELECT revenue_usd, cost_usd, shortage_usd, late_usd, commitment_usd, shortfall_usd, substitution_usd, holding_usd, power_usd, capex_usd, removal_usd,
       end_value_usd, target_usd, discard_usd, cumulated_usd, moved_usd, fixed_usd, change_usd, policy_usd,
       calm_usd, tail_usd
FROM plan
WHERE plan = :plan;
