-- Hours of each source on each tool group over the horizon, the largest first in each group.
SELECT l.tool_group, l.source, s.item, l.hours, l.hours / sum(l.hours) OVER (PARTITION BY l.tool_group) AS share
FROM plan_load AS l LEFT JOIN source AS s ON s.source = l.source
WHERE l.plan = :plan
ORDER BY l.tool_group, l.hours DESC, l.source
