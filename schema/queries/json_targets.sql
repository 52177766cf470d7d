-- Targets of stock in every period in which they hold: what they want, what is there, what is missing and its penalty, of its own day.
-- parameters: :plan the plan
-- columns: item, target (NULL: no name), period, wanted, stock, under, usd
SELECT t.item, nullif(t.target, '') AS target, t.period, t.wanted, t.stock, t.under, t.usd
FROM plan_target AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY t.item, t.target, p.number;
