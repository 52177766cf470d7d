-- The objective of a plan by kind of money, discounted; the columns add up to objective_usd.
-- parameters: :plan the plan
-- columns: revenue_usd, cost_usd, shortage_usd, late_usd, commitment_usd, shortfall_usd, substitution_usd, holding_usd, power_usd, capex_usd, removal_usd, end_value_usd
SELECT revenue_usd, cost_usd, shortage_usd, late_usd, commitment_usd, shortfall_usd, substitution_usd, holding_usd, power_usd, capex_usd, removal_usd,
       end_value_usd
FROM plan
WHERE plan = :plan;
