-- Stops of tools by cause, as they were: a stop lasts as long as a tool is down for one cause (the name of the state where none is given). Time that is not scheduled and time outside the window do not count.
-- By time: hours_between = (tool hours - stopped hours) / stops, from the end of a stop to the start of the next; by units, where the plan has the cause so: units_between = units / stops, where units
-- are wafers moved into the group's tools, each as often as the step's visits where one move_in stands for all of them. expected_stops: what the plan has for these tool hours, or units.
-- parameters: :line one only, NULL for all; :source is not read; :from, :to window, NULL for none
-- columns: tool_group, cause, line, stops, stopped_hours, tool_hours, units, hours_between, units_between, hours, planned_hours_between, planned_units_between, planned_hours, expected_stops
WITH
    span AS (
        SELECT tool, tool_group, state, CASE WHEN state IN ('scheduled_down', 'unscheduled_down') THEN COALESCE(cause, state) END AS cause, time AS begin_time,
               LEAD(time, 1, (SELECT MAX(time) FROM tool_event)) OVER (PARTITION BY tool ORDER BY time) AS end_time
        FROM tool_event
    ),
    timed AS (
        SELECT tool, tool_group, state, cause, begin_time, (unixepoch(MIN(end_time, COALESCE(:to, end_time))) - unixepoch(MAX(begin_time, COALESCE(:from, begin_time)))) / 3600.0 AS hours
        FROM span
        WHERE (:from IS NULL OR end_time > :from) AND (:to IS NULL OR begin_time < :to)
    ),
    marked AS (
        SELECT tool, tool_group, state, cause, hours, cause IS NOT NULL AND cause IS NOT LAG(cause) OVER (PARTITION BY tool ORDER BY begin_time) AS begins FROM timed
    ),
    watched AS (
        SELECT tool_group, TOTAL(CASE WHEN state <> 'nonscheduled' THEN hours END) AS hours FROM timed GROUP BY tool_group
    ),
    pass AS (
        SELECT t.tool_group, TOTAL(e.wafers_after) * MAX(1.0, COALESCE(k.visits, 1.0) / COUNT(*)) AS units
        FROM (SELECT DISTINCT tool, tool_group FROM tool_event) AS t JOIN lot_event AS e ON e.tool = t.tool JOIN lot AS l ON l.lot = e.lot
        JOIN source AS s ON s.source = l.source JOIN route_step AS k ON k.route = s.route AND k.step = e.step
        WHERE e.event = 'move_in' AND e.time >= (SELECT MIN(time) FROM tool_event) AND e.time < (SELECT MAX(time) FROM tool_event)
          AND (:from IS NULL OR e.time >= :from) AND (:to IS NULL OR e.time < :to)
        GROUP BY t.tool_group, e.lot, e.step
    ),
    moved AS (
        SELECT tool_group, SUM(units) AS units FROM pass GROUP BY tool_group
    ),
    stopped AS (
        SELECT tool_group, cause, SUM(begins) AS stops, TOTAL(hours) AS hours FROM marked WHERE cause IS NOT NULL GROUP BY tool_group, cause
    ),
    either AS (
        SELECT tool_group, cause FROM stopped UNION SELECT tool_group, cause FROM tool_down WHERE tool_group IN (SELECT tool_group FROM watched)
    )
SELECT x.tool_group, x.cause, g.line, COALESCE(s.stops, 0) AS stops, COALESCE(s.hours, 0.0) AS stopped_hours, w.hours AS tool_hours, COALESCE(m.units, 0.0) AS units,
       CASE WHEN d.units_between IS NULL THEN (w.hours - s.hours) / s.stops END AS hours_between, CASE WHEN d.units_between IS NOT NULL THEN m.units / s.stops END AS units_between,
       s.hours / s.stops AS hours, d.hours_between AS planned_hours_between, d.units_between AS planned_units_between, d.hours AS planned_hours,
       CASE WHEN d.units_between IS NOT NULL THEN COALESCE(m.units, 0.0) / d.units_between ELSE w.hours / (d.hours_between + d.hours) END AS expected_stops
FROM either AS x JOIN watched AS w ON w.tool_group = x.tool_group JOIN tool_group AS g ON g.tool_group = x.tool_group
LEFT JOIN stopped AS s ON s.tool_group = x.tool_group AND s.cause = x.cause LEFT JOIN tool_down AS d ON d.tool_group = x.tool_group AND d.cause = x.cause
LEFT JOIN moved AS m ON m.tool_group = x.tool_group
WHERE :line IS NULL OR g.line = :line
ORDER BY x.tool_group, x.cause;
