-- Cumulated promises.
SELECT c.customer, c.item, coalesce(i.name, c.item) AS name, c.by_date, c.shipped, c.min_quantity, c.max_quantity, c.behind, c.usd
FROM plan_cumulated AS c LEFT JOIN item AS i ON i.item = c.item
WHERE c.plan = :plan ORDER BY c.customer, c.item, c.by_date
