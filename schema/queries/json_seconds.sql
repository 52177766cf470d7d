-- Where the time of a run went.
-- parameters: :plan the plan
-- columns: load, build, solve, check, store
SELECT seconds_load AS load, seconds_build AS build, seconds_solve AS solve, seconds_check AS "check", seconds_store AS store
FROM plan
WHERE plan = :plan;
