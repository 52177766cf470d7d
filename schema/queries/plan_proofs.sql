-- What `doctor` repeats of every stored plan.
-- parameters: :plan one plan, 0 for all
-- columns: plan, objective_usd, calm_usd (the point is worth objective_usd less this), gap, inputs_sha256, options, input_sha256, content_sha256 (both NULL: plans from before they were kept)
SELECT p.plan, p.objective_usd, p.calm_usd, p.gap, p.inputs_sha256, p.options, p.input_sha256, h.content_sha256
FROM plan AS p
LEFT JOIN plan_hash AS h ON h.plan = p.plan
WHERE p.plan = :plan OR :plan <= 0
ORDER BY p.plan;
