-- Customer x chip: what is short and what comes late, with the limit that stops most of it.
SELECT d.customer || '|' || d.item AS key, d.customer, d.item, coalesce(i.name, d.item) AS name, sum(d.quantity) AS quantity, sum(d.shipped) AS shipped, sum(d.short * d.price_usd) AS short_usd,
       (SELECT total(s.revenue_usd) FROM plan_shipment AS s WHERE s.plan = :plan AND s.customer = d.customer AND s.item = d.item AND s.late_weeks > 0) AS late_usd,
       (SELECT sum(7 * s.late_weeks * s.revenue_usd) / sum(s.revenue_usd) FROM plan_shipment AS s WHERE s.plan = :plan AND s.customer = d.customer AND s.item = d.item AND s.late_weeks > 0 AND s.revenue_usd > 0) AS late_days,
       (SELECT r.label || coalesce(' in ' || r.period, '') FROM plan_short AS s JOIN plan_demand AS o ON o.plan = s.plan AND o.demand = s.demand JOIN plan_shortage AS r ON r.plan = s.plan AND r.demand = s.demand AND r.rank = 1
        WHERE s.plan = :plan AND o.customer = d.customer AND o.item = d.item GROUP BY r.label ORDER BY sum(o.short * o.price_usd) DESC, r.label LIMIT 1) AS reason
FROM plan_demand AS d LEFT JOIN item AS i ON i.item = d.item
WHERE d.plan = :plan
GROUP BY d.customer, d.item
HAVING short_usd > 0 OR late_usd > 0
ORDER BY short_usd DESC, late_usd DESC, d.customer, d.item
