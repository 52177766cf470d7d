-- The newest optimal plan of the inputs and a scenario, with no other choices.
-- parameters: :inputs_sha256, :scenario (NULL: none)
-- columns: plan
SELECT plan
FROM plan
WHERE inputs_sha256 = :inputs_sha256 AND status = 'optimal' AND options ->> '$.scenario' IS :scenario AND json_remove(options, '$.scenario', '$.wip') = json_object('policy', 'profit')
ORDER BY plan DESC
LIMIT 1;
