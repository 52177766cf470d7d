-- What is paid for tools, and when: the whole price on the day of the order.
SELECT b.tool_group, gr.name, b.period, per.start_date AS ordered, b.delivery_date, per.start_date AS paid, substr(per.start_date, 1, 7) AS month, b.tools,
       '={cell:fin_drivers.tool' || gr.n || '}' AS price_formula, 1.0 AS share
FROM plan_purchase AS b JOIN gr ON gr.tool_group = b.tool_group JOIN per ON per.period = b.period
WHERE b.plan = :plan AND b.event = 'order' AND b.tools > {NOTHING}
ORDER BY paid, b.tool_group
