-- The plans that a page shows: the asked one first, then the others from the newest on.
-- parameters: :plan the asked one, :most how many at most
-- columns: plan, label
SELECT plan, 'Plan ' || plan || ' · ' || name || coalesce(' · ' || json_extract(options, '$.scenario'), '') || iif(policy = 'profit', '', ' · ' || policy) || iif(status = 'optimal', '', ' · ' || status) AS label
FROM plan
ORDER BY plan = :plan DESC, plan DESC
LIMIT :most;
