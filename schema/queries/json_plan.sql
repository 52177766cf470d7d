-- Head of the JSON of a plan.
-- parameters: :plan the plan
-- columns: plan, name, policy, start (day from which it runs; NULL: the calendar's first), status, objective_usd, bound_usd, gap, check
SELECT plan, name, policy, iif(json_valid(options), options ->> '$.start', NULL) AS start, status, objective_usd, bound_usd, gap, check_result AS "check"
FROM plan
WHERE plan = :plan;
