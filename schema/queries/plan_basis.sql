-- Where the solver of a plan's money stage stood.
-- parameters: :plan the plan
-- columns: row_status, column_status
SELECT row_status, column_status
FROM plan_basis
WHERE plan = :plan;
