,
  now AS (SELECT s.item, total(s.quantity) AS units FROM plan_shipment AS s JOIN per ON per.period = s.period WHERE s.plan = :plan GROUP BY s.item HAVING units > {NOTHING}),
  chips AS (SELECT item FROM now UNION SELECT item FROM base_chips)
-- Chips of this plan and of the one before it: units and mean prices of both, today's unit cost. A chip without a price or a cost of its own in one of them takes what stands for it.
SELECT c.item, coalesce(it.name, c.item) AS name, coalesce(b.units, 0.0) AS units_base, iif(b.item IS NULL, NULL, b.usd / b.units) AS price_base, iif(b.item IS NULL, '={price_usd}', NULL) AS base_formula,
       iif(n.item IS NULL, '={price_base}', '=SUMIFS({column:fin_revenue.revenue_usd},{column:fin_revenue.item},{item})/{units}') AS price_formula,
       iif(n.item IS NULL, '={price_base}*IF({sum:fin_revenue.revenue_usd}=0,0,{sum:fin_revenue.sales_usd}/{sum:fin_revenue.revenue_usd})', '=SUMIFS({column:fin_revenue.sales_usd},{column:fin_revenue.item},{item})/{units}')
         AS cost_formula
FROM chips AS c LEFT JOIN it ON it.item = c.item LEFT JOIN now AS n ON n.item = c.item LEFT JOIN base_chips AS b ON b.item = c.item
WHERE (SELECT plan FROM base) IS NOT NULL
ORDER BY c.item
