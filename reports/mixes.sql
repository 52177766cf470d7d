-- Splits between the sources of an item.
SELECT m.item, coalesce(i.name, m.item) AS name, m.source, m.period, m.share, m.min_share, m.max_share
FROM plan_mix AS m JOIN plan_period AS p ON p.plan = m.plan AND p.period = m.period LEFT JOIN item AS i ON i.item = m.item
WHERE m.plan = :plan ORDER BY m.item, m.source, p.number
