-- Size of the linear program of a plan.
-- parameters: :plan the plan
-- columns: rows, columns, nonzeros
SELECT model_rows AS rows, model_columns AS columns, model_nonzeros AS nonzeros
FROM plan
WHERE plan = :plan;
