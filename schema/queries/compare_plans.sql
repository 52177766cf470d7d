-- The head of a comparison.
-- parameters: :plan the plan
-- columns: plan, name, policy, scenario (NULL: none), status, objective_usd, profit_usd, gap, inputs_sha256
SELECT plan, name, policy, options ->> '$.scenario' AS scenario, status, objective_usd, profit_usd, gap, inputs_sha256
FROM plan
WHERE plan = :plan;
