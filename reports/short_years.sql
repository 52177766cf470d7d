-- Customer x chip x year: how much is short, what binds most, and what one more of it is worth. The limit shown is the binding one that
-- carries the
-- largest part of the marginal cost of the missing units; its value is averaged over them.
WITH base AS (
  SELECT d.*, CAST(substr(p.start_date, 1, 4) AS INTEGER) AS year
  FROM plan_demand AS d JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
  WHERE d.plan = :plan),
parts AS (
  SELECT b.customer, b.item, b.year, s.label, s.unit, s.family, s.key,
         sum(s.usd_per_unit * b.short) AS weight, sum(s.usd_per_amount * b.short) / sum(b.short) AS usd_per_amount, min(s.period) AS period
  FROM base AS b JOIN plan_shortage AS s ON s.plan = b.plan AND s.demand = b.demand
  WHERE b.short > 1e-6 AND s.binding = 1
  GROUP BY b.customer, b.item, b.year, s.family, s.key),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY customer, item, year ORDER BY weight DESC, family, key) AS place FROM parts)
SELECT b.customer, coalesce(c.name, b.customer) AS customer_name, b.item, coalesce(i.name, b.item) AS item_name, b.year,
       sum(b.quantity) AS quantity, sum(b.shipped) AS shipped, sum(b.short) AS short,
       CASE WHEN sum(b.quantity) = 0 THEN 1.0 ELSE sum(b.shipped) / sum(b.quantity) END AS fill,
       sum(b.short * b.price_usd) AS short_usd,
       CASE WHEN sum(b.short) > 1e-6 THEN coalesce(r.label, 'money: one more unit costs more than it earns') END AS label,
       r.period AS limit_period, r.usd_per_amount, r.unit,
       CASE WHEN sum(b.short) > 1e-6 THEN sum(b.usd_per_unit * b.short) / sum(b.short) END AS usd_per_unit
FROM base AS b
LEFT JOIN ranked AS r ON r.customer = b.customer AND r.item = b.item AND r.year = b.year AND r.place = 1
LEFT JOIN customer AS c ON c.customer = b.customer
LEFT JOIN item AS i ON i.item = b.item
GROUP BY b.customer, b.item, b.year
ORDER BY b.year, short_usd DESC, b.customer, b.item
