-- Tool group: what the hours of its own steps and lots are spent on, over the horizon, both utilisations, what stops take by cause, and the starts that its hours carry. Groups without load are left out.
WITH cause AS (SELECT tool_group, group_concat(cause || ' ' || printf('%.0f', hours) || ' h', '; ') AS causes
               FROM (SELECT tool_group, cause, total(hours) AS hours FROM plan_down WHERE plan = :plan GROUP BY tool_group, cause ORDER BY hours DESC, cause) GROUP BY tool_group)
SELECT coalesce(g.area, 'Line ' || g.line, '') AS area, c.tool_group, coalesce(g.name, '') AS name, total(c.process_hours) AS process_hours, total(c.lot_hours) AS lot_hours, total(c.batch_hours) AS batch_hours, total(c.setup_hours) AS setup_hours, total(c.lead_hours) AS lead_hours, total(c.rework_hours) AS rework_hours, total(c.maintenance_hours) AS maintenance_hours,
       total(c.used_hours) AS used_hours, total(c.available_hours) AS available_hours,
       total(c.used_hours) - total(c.maintenance_hours) AS run_hours, total(c.available_hours / nullif(c.max_utilisation, 0)) - total(c.maintenance_hours) AS uptime_hours,
       total(c.lost_hours) AS lost_hours, cause.causes, total(c.starts) AS starts, total(c.starts_full_batches) AS starts_full_batches, total(c.starts_without_gaps) AS starts_without_gaps
FROM plan_capacity AS c
LEFT JOIN tool_group AS g ON g.tool_group = c.tool_group
LEFT JOIN cause ON cause.tool_group = c.tool_group
WHERE c.plan = :plan AND c.process_hours IS NOT NULL
GROUP BY c.tool_group
HAVING total(c.load_hours) > {NOTHING}
ORDER BY 1, g.line, c.tool_group
