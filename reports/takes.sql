-- What customers can take, and what they get.
SELECT t.customer, t.item, coalesce(i.name, t.item) AS name, t.period, t.shipped, t.max_quantity, t.usd_per_unit,
       p.discount
FROM plan_shipment_limit AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
LEFT JOIN item AS i ON i.item = t.item
WHERE t.plan = :plan
ORDER BY t.customer, t.item, p.number
