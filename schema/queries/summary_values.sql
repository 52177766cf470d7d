-- What one step more of a limit gains: the tested gain, or what it is worth at most.
-- parameters: :plan the plan
-- columns: limit (what is moved, the limits moved along, why it is not tested), from_period, step (with its unit), gain_usd (NULL: not tested), at_most_usd
SELECT label || CASE WHEN tie = '' THEN '' ELSE ' with ' || tie END
       || CASE WHEN untested IS NULL THEN '' ELSE ' (untested: ' || untested || ')' END AS "limit",
       period AS from_period,
       printf('%.6g ', step) || unit AS step,
       gain_usd,
       at_most_usd
FROM plan_step
WHERE plan = :plan AND lever
ORDER BY number;
