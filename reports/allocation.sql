-- Customer x chip x period due: demand, what is shipped for it (in time or late), what is short; and what leaves in the period.
WITH pairs AS (SELECT DISTINCT customer, item FROM plan_demand WHERE plan = :plan),
due AS (
  SELECT customer, item, period, sum(quantity) AS quantity, sum(shipped) AS shipped, sum(short) AS short
  FROM plan_demand WHERE plan = :plan GROUP BY customer, item, period),
left_in AS (SELECT customer, item, period, sum(quantity) AS quantity FROM plan_shipment WHERE plan = :plan GROUP BY customer, item, period),
cells AS (
  SELECT a.customer, a.item, p.period, p.number, coalesce(d.quantity, 0.0) AS demand, coalesce(d.shipped, 0.0) AS shipped,
    coalesce(d.short, 0.0) AS short,
         coalesce(l.quantity, 0.0) AS leaves
  FROM pairs AS a
  JOIN plan_period AS p ON p.plan = :plan
  LEFT JOIN due AS d ON d.customer = a.customer AND d.item = a.item AND d.period = p.period
  LEFT JOIN left_in AS l ON l.customer = a.customer AND l.item = a.item AND l.period = p.period)
SELECT k.customer || '|' || k.item AS key, k.customer || ' · ' || coalesce(i.name, k.item) AS label, k.period, k.demand, k.shipped,
  k.short, k.leaves
FROM cells AS k LEFT JOIN item AS i ON i.item = k.item
ORDER BY k.customer, k.item, k.number
