-- What customers can take, and what they get.
SELECT t.customer, t.item, coalesce(i.name, t.item) AS name, t.period, t.shipped, t.max_quantity,
       CASE WHEN t.max_quantity = 0 THEN 0.0 ELSE t.shipped / t.max_quantity END AS share, t.usd_per_unit,
       p.discount, b.plan IS NOT NULL AS binds
FROM plan_shipment_limit AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
LEFT JOIN plan_binding AS b ON b.plan = t.plan AND b.what = 'shipments' AND b.key = t.customer AND b.part = t.item AND b.period = t.period
LEFT JOIN item AS i ON i.item = t.item
WHERE t.plan = :plan
ORDER BY t.customer, t.item, p.number
