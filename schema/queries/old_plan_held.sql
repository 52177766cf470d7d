-- What a plan was held to, by the name of the column.
-- parameters: :plan the plan
-- columns: name, before
SELECT name, before
FROM plan_held
WHERE plan = :plan AND before <> 0
ORDER BY name;
