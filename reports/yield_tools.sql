,
  last AS (SELECT max(time) AS time FROM tool_event),
  spell AS (
    SELECT e.tool, e.tool_group, e.state, e.time AS begin_time,
           lead(e.time, 1, (SELECT time FROM last)) OVER (PARTITION BY e.tool ORDER BY e.time) AS end_time
    FROM tool_event AS e),
  timed AS (
    SELECT tool, tool_group, state, (julianday(min(end_time, coalesce(w.to_date, end_time)))
                                     - julianday(max(begin_time, coalesce(w.from_date, begin_time)))) * 24.0 AS hours
    FROM spell CROSS JOIN snap AS w
    WHERE (w.from_date IS NULL OR end_time > w.from_date) AND (w.to_date IS NULL OR begin_time < w.to_date)),
  summed AS (
    SELECT tool_group, count(DISTINCT tool) AS tools, total(CASE WHEN state = 'productive' THEN hours END) AS productive,
           total(CASE WHEN state = 'standby' THEN hours END) AS standby, total(CASE WHEN state = 'engineering' THEN hours END)
             AS engineering,
           total(CASE WHEN state = 'scheduled_down' THEN hours END) AS scheduled_down,
           total(CASE WHEN state = 'unscheduled_down' THEN hours END) AS unscheduled_down,
           total(CASE WHEN state = 'nonscheduled' THEN hours END) AS nonscheduled
    FROM timed GROUP BY tool_group),
  shared AS (
    SELECT *, productive + standby + engineering AS up, productive + standby + engineering + scheduled_down + unscheduled_down
           AS operations
    FROM summed)
-- Tool groups by the six basic states of SEMI E10; a state lasts to the tool's next event.
SELECT m.tool_group || ' · ' || coalesce(g.name, '') AS label, g.line, m.tools, m.productive, m.standby, m.engineering, m.scheduled_down,
       m.unscheduled_down, m.nonscheduled,
       iif(m.operations > 0, '=({productive}+{standby}+{engineering})/({productive}+{standby}+{engineering}'
           || '+{scheduled_down}+{unscheduled_down})',
           NULL) AS availability_formula, a.availability AS planned,
       iif(m.operations > 0 AND a.availability IS NOT NULL, '={availability}-{planned}', NULL) AS gap_formula,
       iif(m.operations > 0, '={productive}/({productive}+{standby}+{engineering}+{scheduled_down}+{unscheduled_down})', NULL) AS utilisation_formula,
       iif(m.operations + m.nonscheduled > 0,
           '={productive}/({productive}+{standby}+{engineering}+{scheduled_down}+{unscheduled_down}+{nonscheduled})', NULL) AS oee_formula
FROM shared AS m LEFT JOIN tool_group AS g ON g.tool_group = m.tool_group
     LEFT JOIN tool_availability AS a ON a.tool_group = m.tool_group
ORDER BY g.line, m.tool_group
