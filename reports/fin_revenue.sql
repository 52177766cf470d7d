-- Every shipment at the price of its order.
SELECT s.demand, s.customer, s.item, coalesce(it.name, s.item) AS item_name, d.period AS due, s.period, per.year, substr(per.start_date, 1, 7) AS month, s.quantity,
       '={cell:fin_drivers.price' || d.n || '}' AS price_formula, '={cell:fin_periods.p' || per.number || '}' AS discount_formula,
       '={at:fin_unit.unit_cost|i' || it.n || '|' || s.period || '}' AS cost_formula
FROM plan_shipment AS s JOIN de AS d ON d.demand = s.demand JOIN per ON per.period = s.period LEFT JOIN it ON it.item = s.item
WHERE s.plan = :plan
ORDER BY per.number, s.customer, s.item, s.demand
