-- What was said while a plan was made.
-- parameters: :plan the plan
-- columns: text
SELECT text
FROM plan_warning
WHERE plan = :plan
ORDER BY number;
