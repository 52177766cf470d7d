-- Hash of the inputs of a plan.
-- parameters: :plan the plan
-- columns: inputs_sha256
SELECT inputs_sha256
FROM plan
WHERE plan = :plan;
