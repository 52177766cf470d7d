-- The starting work in process: what goes on inside the horizon, how late, what waits, and what holds it.
SELECT w.source, s.item, s.line, w.progress, w.status, w.wafers, w.going, w.waiting, w.delay_days, w.tool_group, g.name AS tool
FROM plan_wip AS w
LEFT JOIN source AS s ON s.source = w.source
LEFT JOIN tool_group AS g ON g.tool_group = w.tool_group
WHERE w.plan = :plan
ORDER BY w.source, w.status, w.progress
