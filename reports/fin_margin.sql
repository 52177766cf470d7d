-- Chip x year in which it leaves.
SELECT s.item, coalesce(it.name, s.item) AS name, per.year FROM plan_shipment AS s JOIN per ON per.period = s.period LEFT JOIN it ON it.item = s.item
WHERE s.plan = :plan GROUP BY s.item, per.year ORDER BY s.item, per.year
