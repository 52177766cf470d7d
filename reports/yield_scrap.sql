,
  summed AS (
    SELECT s.line, s.route, e.step, coalesce(r.name, g.name, r.tool_group) AS name, e.reason, count(*) AS events,
           total(e.wafers_before - e.wafers_after) AS wafers
    FROM lot_event AS e JOIN lot AS l ON l.lot = e.lot JOIN source AS s ON s.source = l.source CROSS JOIN snap AS w
    LEFT JOIN route_step AS r ON r.route = s.route AND r.step = e.step LEFT JOIN tool_group AS g ON g.tool_group = r.tool_group
    WHERE e.event = 'scrap' AND (w.from_date IS NULL OR e.time >= w.from_date) AND (w.to_date IS NULL OR e.time < w.to_date)
    GROUP BY s.line, s.route, e.step, e.reason)
-- Scrapped wafers by route, step and reason, most first.
SELECT line, route, step, name, coalesce(reason, 'none given') AS reason, events, wafers,
       iif(sum(wafers) OVER () > 0, '={wafers}/{sum:yield_scrap.wafers}', NULL) AS share_formula
FROM summed
ORDER BY wafers DESC, line, route, step, reason
