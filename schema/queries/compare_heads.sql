-- What a comparison needs to know of a plan.
-- parameters: :plan the plan
-- columns: plan, objective_usd, profit_usd, gap, choices (its options without what is an input)
SELECT plan, objective_usd, profit_usd, gap,
       json_remove(options, '$.scenario', '$.wip', '$.yield', '$.measured_availability_sha256', '$.measured_cycle_time_sha256') AS choices
FROM plan
WHERE plan = :plan;
