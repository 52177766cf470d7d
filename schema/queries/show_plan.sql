-- Which plan a table is of.
-- parameters: :plan the plan
-- columns: plan
SELECT plan
FROM plan
WHERE plan = :plan;
