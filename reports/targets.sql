-- Targets of stock by period.
SELECT t.item, coalesce(i.name, t.item) AS name, t.target, t.period, t.wanted, t.stock, t.under, t.usd
FROM plan_target AS t JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period LEFT JOIN item AS i ON i.item = t.item
WHERE t.plan = :plan ORDER BY t.item, t.target, p.number
