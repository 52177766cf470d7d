-- Customer x chip x period: what can be promised. Firm is p10 of a stored sweep whose base is the plan, or the promise; likely what the plan ships; upside p90 of the sweep.
WITH told AS (SELECT value ->> '$.customer' AS customer, value ->> '$.item' AS item, value ->> '$.period' AS period, value ->> '$.firm' AS firm, value ->> '$.upside' AS upside FROM json_each(:sweep, '$.promises')),
swept AS (SELECT coalesce(:sweep ->> '$.solved', 0) > 0 AS swept),
pairs AS (SELECT customer, item FROM plan_demand WHERE plan = :plan UNION SELECT customer, item FROM told),
promised AS (SELECT customer, item, period, sum(promised) AS quantity FROM plan_demand WHERE plan = :plan GROUP BY customer, item, period),
left_in AS (SELECT customer, item, period, sum(quantity) AS quantity FROM plan_shipment WHERE plan = :plan GROUP BY customer, item, period)
SELECT a.customer || '|' || a.item AS key, a.customer || ' · ' || coalesce(i.name, a.item) AS label, iif(s.swept, 'units, p10', 'units, promised') AS unit, p.period,
       coalesce(iif(s.swept, t.firm, m.quantity), 0.0) AS firm, coalesce(l.quantity, 0.0) AS likely, iif(s.swept, coalesce(t.upside, 0.0), NULL) AS upside
FROM pairs AS a CROSS JOIN swept AS s
JOIN plan_period AS p ON p.plan = :plan
LEFT JOIN told AS t ON t.customer = a.customer AND t.item = a.item AND t.period = p.period
LEFT JOIN promised AS m ON m.customer = a.customer AND m.item = a.item AND m.period = p.period
LEFT JOIN left_in AS l ON l.customer = a.customer AND l.item = a.item AND l.period = p.period
LEFT JOIN item AS i ON i.item = a.item
ORDER BY a.customer, a.item, p.number
