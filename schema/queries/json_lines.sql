-- Starts of every line over the horizon; in the order of ids.
-- parameters: :plan the plan
-- columns: line, starts
SELECT line, sum(starts) AS starts
FROM plan_line
WHERE plan = :plan
GROUP BY line
ORDER BY line;
