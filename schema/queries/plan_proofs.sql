-- What `doctor` repeats of every stored plan.
-- parameters: :plan one plan, 0 for all
-- columns: plan, objective_usd, inputs_sha256, options
SELECT plan, objective_usd, inputs_sha256, options
FROM plan
WHERE plan = :plan OR :plan <= 0
ORDER BY plan;
