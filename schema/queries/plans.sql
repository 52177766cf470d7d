-- Stored plans, newest last.
-- parameters: :plan one plan, 0 for all
-- columns: plan, name, policy, scenario (A,B: what was planned with; NULL: none), start (day from which it runs; NULL: the calendar's first), yields (plan, fit, p10, p50, p90; NULL: not known), measured (NULL: nothing),
-- simulated (0, 1; NULL: not known), released (0, 1: it is the plan that counts), status, objective_usd, profit_usd, gap, created_utc, inputs_sha256, content_sha256 (NULL: plans from before it was kept)
SELECT p.plan, p.name, p.policy, iif(json_valid(p.options), p.options ->> '$.scenario', NULL) AS scenario, iif(json_valid(p.options), p.options ->> '$.start', NULL) AS start, p.yields, p.measured, p.simulated, p.plan IN (SELECT plan FROM plan_released) AS released, p.status,
       p.objective_usd, p.profit_usd, p.gap, p.created_utc, p.inputs_sha256, h.content_sha256
FROM plan AS p
LEFT JOIN plan_hash AS h ON h.plan = p.plan
WHERE p.plan = :plan OR :plan <= 0
ORDER BY p.plan;
