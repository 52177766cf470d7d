-- The stages of a plan: its policy's one.
-- parameters: :plan the plan
-- columns: name, objective, unit, value, bound, gap, within (NULL: nothing is given up)
SELECT 'profit' AS name, 'profit' AS objective, 'USD' AS unit, objective_usd AS value, bound_usd AS bound, gap, NULL AS within
FROM plan
WHERE plan = :plan;
