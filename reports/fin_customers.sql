-- Customer x chip x year in which it leaves.
SELECT s.customer, coalesce(c.name, s.customer) AS name, s.item, per.year
FROM plan_shipment AS s JOIN per ON per.period = s.period LEFT JOIN customer AS c ON c.customer = s.customer
WHERE s.plan = :plan
GROUP BY s.customer, s.item, per.year
ORDER BY s.customer, s.item, per.year
