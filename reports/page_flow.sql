-- Ribbons of what is shipped: line or supplier -> item, item -> chip that it went into, chip -> customer; units, and their worth at unit_value_usd (1 where an item has none).
WITH worth AS (SELECT item, iif(coalesce(unit_value_usd, 0) > 0, unit_value_usd, 1) AS usd FROM item),
     peg AS (SELECT g.item, g."from" AS kind, coalesce(l.name, s.line) AS line, d.item AS chip, sum(g.quantity) AS units
             FROM plan_peg AS g JOIN plan_demand AS d ON d.plan = g.plan AND d.demand = g.demand
             LEFT JOIN source AS s ON g."from" = 'source' AND s.source = g.key LEFT JOIN line AS l ON l.line = s.line
             WHERE g.plan = :plan GROUP BY 1, 2, 3, 4)
SELECT 1 AS stage, coalesce(p.line, CASE p.kind WHEN 'stock' THEN 'Stock at the start' WHEN 'receipt' THEN 'Open orders' ELSE 'Work in process' END) AS source, p.item AS target, sum(p.units) AS units, sum(p.units * w.usd) AS usd
FROM peg AS p JOIN worth AS w ON w.item = p.item GROUP BY 2, 3
UNION ALL
SELECT 2, p.item, p.chip, sum(p.units), sum(p.units * w.usd) FROM peg AS p JOIN worth AS w ON w.item = p.item WHERE p.item <> p.chip GROUP BY 2, 3
UNION ALL
SELECT 3, s.item, s.customer, sum(s.quantity), sum(s.quantity * w.usd) FROM plan_shipment AS s JOIN worth AS w ON w.item = s.item WHERE s.plan = :plan GROUP BY 2, 3
ORDER BY 1, 5 DESC, 2, 3
