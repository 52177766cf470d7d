-- Tools ordered: price, delivery, and the part of their life that falls into the horizon.
SELECT 'g' || gr.n AS key, b.tool_group, gr.name, gr.line, b.period, per.year, per.start_date AS ordered, coalesce(gr.lead_time_days, 0.0) AS lead_days, gr.life_days_of AS life_days, b.tools,
       '={cell:fin_drivers.tool' || gr.n || '}' AS price_formula, (SELECT horizon_end FROM p) AS horizon_end, '={cell:fin_periods.p' || per.number || '}' AS discount_formula
FROM plan_purchase AS b JOIN (SELECT *, coalesce(life_days, 1826) AS life_days_of FROM gr) AS gr ON gr.tool_group = b.tool_group JOIN per ON per.period = b.period
WHERE b.plan = :plan AND b.event = 'order' AND b.tools > {NOTHING}
ORDER BY gr.n, per.number
