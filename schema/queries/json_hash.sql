-- Hashes of a plan: of the inputs it was made from.
-- parameters: :plan the plan
-- columns: inputs_sha256
SELECT inputs_sha256
FROM plan
WHERE plan = :plan;
