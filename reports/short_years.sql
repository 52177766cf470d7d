-- Customer x chip x year: how much is short and the reason that most of the missing money has; what one more of its limit is worth at most is averaged over the missing units.
-- Beside it the tool hours that carry the largest part of their cost.
WITH base AS (
  SELECT d.*, CAST(substr(p.start_date, 1, 4) AS INTEGER) AS year, s.demand IS NOT NULL AS is_short
  FROM plan_demand AS d LEFT JOIN plan_short AS s ON s.plan = d.plan AND s.demand = d.demand JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
  WHERE d.plan = :plan),
reasons AS (
  SELECT b.customer, b.item, b.year, min(s.label) AS label, s.unit, sum(b.short * b.price_usd) AS weight,
         sum(s.usd_per_amount * b.short) / sum(b.short) AS usd_per_amount, min(s.period) AS period,
         row_number() OVER (PARTITION BY b.customer, b.item, b.year ORDER BY sum(b.short * b.price_usd) DESC, s.family, s.key) AS place
  FROM base AS b JOIN plan_shortage AS s ON s.plan = b.plan AND s.demand = b.demand
  WHERE b.is_short AND s.rank = 1
  GROUP BY b.customer, b.item, b.year, s.family, s.key),
hours AS (
  SELECT b.customer, b.item, b.year, s.label, sum(s.usd_per_amount * b.short) / sum(b.short) AS usd_per_amount,
         row_number() OVER (PARTITION BY b.customer, b.item, b.year ORDER BY sum(s.usd_per_unit * b.short) DESC, s.key) AS place
  FROM base AS b JOIN plan_shortage AS s ON s.plan = b.plan AND s.demand = b.demand
  WHERE b.is_short AND s.family = 'CAP'
  GROUP BY b.customer, b.item, b.year, s.key)
SELECT b.customer, b.item, coalesce(i.name, b.item) AS item_name, b.year,
       r.label,
       r.period AS limit_period, r.usd_per_amount, r.unit, h.label AS hours_label, h.usd_per_amount AS usd_per_hour,
       CASE WHEN max(b.is_short) THEN sum(b.usd_per_unit * b.short) / sum(iif(b.usd_per_unit IS NULL, 0.0, b.short)) END AS usd_per_unit
FROM base AS b
LEFT JOIN reasons AS r ON r.customer = b.customer AND r.item = b.item AND r.year = b.year AND r.place = 1
LEFT JOIN hours AS h ON h.customer = b.customer AND h.item = b.item AND h.year = b.year AND h.place = 1
LEFT JOIN item AS i ON i.item = b.item
GROUP BY b.customer, b.item, b.year
ORDER BY b.year, max(b.is_short) DESC, sum(b.short * b.price_usd) DESC, b.customer, b.item
