-- Hashes of a plan: of the inputs it was made from, and of all that it says.
-- parameters: :plan the plan
-- columns: inputs_sha256, content_sha256 (NULL: plans from before it was kept)
SELECT p.inputs_sha256, h.content_sha256
FROM plan AS p
LEFT JOIN plan_hash AS h ON h.plan = p.plan
WHERE p.plan = :plan;
