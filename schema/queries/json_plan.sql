-- Head of the JSON of a plan.
-- parameters: :plan the plan
-- columns: plan, name, policy, status, objective_usd, bound_usd, gap, check
SELECT plan, name, policy, status, objective_usd, bound_usd, gap, check_result AS "check"
FROM plan
WHERE plan = :plan;
