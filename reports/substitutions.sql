-- Items used as others.
SELECT s.item, s.instead_of, s.period, s.quantity, s.usd
FROM plan_substitution AS s JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period
WHERE s.plan = :plan AND s.quantity > {NOTHING}
ORDER BY p.number, s.item, s.instead_of
