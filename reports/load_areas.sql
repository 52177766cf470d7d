-- Area of the fab: what the hours of its own steps and lots are spent on, over the horizon, and what stops take. Areas without load are left out; a group without an area is of its line.
SELECT coalesce(g.area, 'Line ' || g.line, c.tool_group) AS area, total(c.process_hours) AS process_hours, total(c.lot_hours) AS lot_hours, total(c.batch_hours) AS batch_hours, total(c.setup_hours) AS setup_hours, total(c.lead_hours) AS lead_hours, total(c.rework_hours) AS rework_hours, total(c.maintenance_hours) AS maintenance_hours,
       total(c.lost_hours) AS lost_hours
FROM plan_capacity AS c
LEFT JOIN tool_group AS g ON g.tool_group = c.tool_group
WHERE c.plan = :plan AND c.process_hours IS NOT NULL
GROUP BY 1
HAVING total(c.load_hours) > {NOTHING}
ORDER BY 1
