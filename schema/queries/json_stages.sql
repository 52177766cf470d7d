-- The stages of a plan in the order of solving; of a plan from before they were kept, its money stage.
-- parameters: :plan the plan
-- columns: name, objective, unit, value (NULL: not done), bound, gap, within (NULL: nothing is given up)
SELECT name, objective, unit, value, bound, gap, within
FROM (
    SELECT number, name, objective, unit, value, bound, gap, within FROM plan_stage WHERE plan = :plan
    UNION ALL
    SELECT 1, 'money', 'profit', 'USD', objective_usd, bound_usd, gap, NULL
    FROM plan
    WHERE plan = :plan AND NOT EXISTS (SELECT 1 FROM plan_stage WHERE plan = :plan)
)
ORDER BY number;
