-- Share of the time in which the tools of a group were not down, of time that is scheduled. Stops of a cause that the plan has by units (tool_down.units_between) are hours that its units take, not time that is lost.
-- parameters: none
-- columns: tool_group, availability
WITH
    span AS (
        SELECT tool_group, state, CASE WHEN state IN ('scheduled_down', 'unscheduled_down') THEN COALESCE(cause, state) END AS cause,
               (unixepoch(LEAD(time, 1, (SELECT MAX(time) FROM tool_event)) OVER (PARTITION BY tool ORDER BY time)) - unixepoch(time)) / 3600.0 AS hours
        FROM tool_event
    )
SELECT s.tool_group,
       TOTAL(CASE WHEN s.state <> 'nonscheduled' AND (s.cause IS NULL OR d.units_between IS NOT NULL) THEN s.hours END) / NULLIF(TOTAL(CASE WHEN s.state <> 'nonscheduled' THEN s.hours END), 0.0) AS availability
FROM span AS s LEFT JOIN tool_down AS d ON d.tool_group = s.tool_group AND d.cause = s.cause
GROUP BY s.tool_group
ORDER BY s.tool_group;
