-- What became of the starting work in process.
-- parameters: :plan the plan
-- columns: source, progress, status, wafers, going, waiting, delay_days (NULL: nothing goes on), tool_group (NULL: none holds it)
SELECT source, progress, status, wafers, going, waiting, delay_days, tool_group
FROM plan_wip
WHERE plan = :plan
ORDER BY source, status, progress;
