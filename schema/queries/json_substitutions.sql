-- Items that serve as others, and for whom.
-- parameters: :plan the plan
-- columns: item, instead_of, consumer (NULL: any), period, quantity
SELECT t.item, t.instead_of, nullif(t.consumer, '') AS consumer, t.period, t.quantity
FROM plan_substitution AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY t.item, t.instead_of, t.consumer, p.number;
