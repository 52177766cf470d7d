-- Stored plans, newest last.
-- parameters: :plan one plan, 0 for all
-- columns: plan, name, policy, start (day from which it runs; NULL: the calendar's first), status, objective_usd, profit_usd, gap, created_utc, inputs_sha256
SELECT plan, name, policy, iif(json_valid(options), options ->> '$.start', NULL) AS start, status, objective_usd, profit_usd, gap, created_utc, inputs_sha256
FROM plan
WHERE plan = :plan OR :plan <= 0
ORDER BY plan;
