,
  pairs AS (SELECT customer, item FROM plan_shipment WHERE plan = :plan GROUP BY customer, item),
  used AS (SELECT source, source_number, item FROM paid GROUP BY source),
  cells(part, key, label, what, period, number, units) AS (
    SELECT 1, a.customer || '|' || a.item, a.customer || ' · ' || a.item, 'units shipped', per.period, per.number,
           (SELECT total(quantity) FROM plan_shipment AS s WHERE s.plan = :plan AND s.customer = a.customer AND s.item = a.item AND s.period = per.period)
    FROM pairs AS a CROSS JOIN per
    UNION ALL
    SELECT 2, 'start|' || u.source, u.source || ' · ' || u.item, 'starts', per.period, per.number, (SELECT total(starts) FROM plan_start AS s WHERE s.plan = :plan AND s.source = u.source AND s.period = per.period)
    FROM used AS u CROSS JOIN per)
-- What is shipped by customer and chip, and what is started by source, in each period.
SELECT key, label, what, period, units FROM cells ORDER BY part, key, number
