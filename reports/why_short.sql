-- Every order: quantity, shipped, short, what binds first, and what one more unit would cost. The limit is the binding one that costs most.
WITH first_limit AS (
  SELECT *, row_number() OVER (PARTITION BY demand ORDER BY rank) AS place FROM plan_shortage WHERE plan = :plan AND binding = 1)
SELECT d.demand, d.customer, d.item, d.period, CAST(substr(p.start_date, 1, 4) AS INTEGER) AS year,
       d.quantity, d.shipped, d.short, CASE WHEN d.quantity = 0 THEN 1.0 ELSE d.shipped / d.quantity END AS fill, d.lack, d.price_usd,
       CASE WHEN d.short > {SHORT} * d.quantity THEN coalesce(f.label, 'money: one more unit costs more than it earns') END AS label,
       CASE WHEN d.short > {SHORT} * d.quantity THEN f.period END AS limit_period,
       CASE WHEN d.short > {SHORT} * d.quantity THEN f.usd_per_amount END AS usd_per_amount,
       CASE WHEN d.short > {SHORT} * d.quantity THEN f.unit END AS unit,
       d.usd_per_unit, d.shortage_usd, d.commitment_usd
FROM plan_demand AS d
JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
LEFT JOIN first_limit AS f ON f.demand = d.demand AND f.place = 1
WHERE d.plan = :plan
ORDER BY d.short > {SHORT} * d.quantity DESC, p.number, d.short * d.price_usd DESC, d.demand
