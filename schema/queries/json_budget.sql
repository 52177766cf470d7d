-- Money for tools, from the start on.
-- parameters: :plan the plan
-- columns: period, available_usd (NULL: no limit), ordered_usd
SELECT t.period, t.budget_usd AS available_usd, t.spent_usd AS ordered_usd
FROM plan_budget AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY p.number;
