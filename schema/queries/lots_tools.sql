-- Tool groups by the six basic states of SEMI E10. A state lasts to the tool's next event, the last one to the
-- last tool event of all; time outside the window does not count.
-- availability = uptime / (total - nonscheduled), uptime = productive + standby + engineering; utilisation = productive / (total - nonscheduled);
-- oee = productive / total: rate and quality efficiency of SEMI E79 are not in the history and count as 1.
-- parameters: :line one only, NULL for all; :from, :to window, NULL for none
-- columns: tool_group, line, tools, productive_hours .. nonscheduled_hours, availability, planned_availability, utilisation, oee
WITH
    span AS (
        SELECT e.tool, e.tool_group, e.state, e.time AS begin_time, LEAD(e.time, 1, (SELECT MAX(time) FROM tool_event)) OVER (PARTITION BY e.tool ORDER BY e.time) AS end_time
        FROM tool_event AS e
    ),
    timed AS (
        SELECT tool, tool_group, state, (unixepoch(MIN(end_time, COALESCE(:to, end_time))) - unixepoch(MAX(begin_time, COALESCE(:from, begin_time)))) / 3600.0 AS hours
        FROM span
        WHERE (:from IS NULL OR end_time > :from) AND (:to IS NULL OR begin_time < :to)
    ),
    summed AS (
        SELECT tool_group, COUNT(DISTINCT tool) AS tools, TOTAL(hours) AS total,
               TOTAL(CASE WHEN state = 'productive' THEN hours END) AS productive, TOTAL(CASE WHEN state = 'standby' THEN hours END) AS standby,
               TOTAL(CASE WHEN state = 'engineering' THEN hours END) AS engineering, TOTAL(CASE WHEN state = 'scheduled_down' THEN hours END) AS scheduled_down,
               TOTAL(CASE WHEN state = 'unscheduled_down' THEN hours END) AS unscheduled_down, TOTAL(CASE WHEN state = 'nonscheduled' THEN hours END) AS nonscheduled
        FROM timed
        GROUP BY tool_group
    )
SELECT m.tool_group, g.line, m.tools, m.productive AS productive_hours, m.standby AS standby_hours, m.engineering AS engineering_hours,
       m.scheduled_down AS scheduled_down_hours, m.unscheduled_down AS unscheduled_down_hours, m.nonscheduled AS nonscheduled_hours,
       (m.productive + m.standby + m.engineering) / NULLIF(m.total - m.nonscheduled, 0.0) AS availability, a.availability AS planned_availability,
       m.productive / NULLIF(m.total - m.nonscheduled, 0.0) AS utilisation, m.productive / NULLIF(m.total, 0.0) AS oee
FROM summed AS m JOIN tool_group AS g ON g.tool_group = m.tool_group JOIN tool_availability AS a ON a.tool_group = m.tool_group
WHERE :line IS NULL OR g.line = :line
ORDER BY m.tool_group;
