-- How much of what ships is one's own, by layer and period; no row without a table layer.
SELECT i.layer, l.name, i.period, i.own_share, i.weight
FROM plan_independence AS i
JOIN plan_period AS p ON p.plan = i.plan AND p.period = i.period
LEFT JOIN layer AS l ON l.layer = i.layer
WHERE i.plan = :plan
ORDER BY i.layer, p.number
