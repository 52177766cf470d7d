-- Customer x chip x year: how much is short, what binds most, and what one more of it is worth. The limit shown is the binding one that
-- carries the largest part of the marginal cost of the missing units; its value is averaged over them. Beside it the tool hours that
-- carry the largest part. Less than a millionth of the demand is not short.
WITH base AS (
  SELECT d.*, CAST(substr(p.start_date, 1, 4) AS INTEGER) AS year, d.short > {SHORT} * d.quantity AS is_short
  FROM plan_demand AS d JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
  WHERE d.plan = :plan),
parts AS (
  SELECT b.customer, b.item, b.year, s.label, s.unit, s.family = 'CAP' AS hours, s.family, s.key, sum(s.usd_per_unit * b.short) AS weight,
         sum(s.usd_per_amount * b.short) / sum(b.short) AS usd_per_amount, min(s.period) AS period
  FROM base AS b JOIN plan_shortage AS s ON s.plan = b.plan AND s.demand = b.demand
  WHERE b.is_short AND s.binding = 1
  GROUP BY b.customer, b.item, b.year, s.family, s.key),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY customer, item, year ORDER BY weight DESC, family, key) AS place,
         row_number() OVER (PARTITION BY customer, item, year, hours ORDER BY weight DESC, key) AS place_of_hours
  FROM parts)
SELECT b.customer, b.item, coalesce(i.name, b.item) AS item_name, b.year,
       sum(b.quantity) AS quantity, sum(b.shipped) AS shipped, sum(b.short) AS short,
       CASE WHEN sum(b.quantity) = 0 THEN 1.0 ELSE sum(b.shipped) / sum(b.quantity) END AS fill,
       sum(b.short * b.price_usd) AS short_usd,
       CASE WHEN max(b.is_short) THEN coalesce(r.label, 'money: one more unit costs more than it earns') END AS label,
       r.period AS limit_period, r.usd_per_amount, r.unit, h.label AS hours_label, h.usd_per_amount AS usd_per_hour,
       CASE WHEN max(b.is_short) THEN sum(b.usd_per_unit * b.short) / sum(b.short) END AS usd_per_unit
FROM base AS b
LEFT JOIN ranked AS r ON r.customer = b.customer AND r.item = b.item AND r.year = b.year AND r.place = 1
LEFT JOIN ranked AS h ON h.customer = b.customer AND h.item = b.item AND h.year = b.year AND h.hours AND h.place_of_hours = 1
LEFT JOIN item AS i ON i.item = b.item
GROUP BY b.customer, b.item, b.year
ORDER BY b.year, max(b.is_short) DESC, short_usd DESC, b.customer, b.item
