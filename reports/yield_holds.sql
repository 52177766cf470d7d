,
  now AS (
    SELECT max(coalesce((SELECT max(time) FROM lot_event), ''), coalesce((SELECT max(time) FROM tool_event), '')) AS time),
  held AS (
    SELECT s.line, h.reason, h.time,
           (SELECT r.time FROM lot_event AS r WHERE r.lot = h.lot AND r.seq > h.seq AND r.event = 'release' ORDER BY r.seq LIMIT 1)
             AS release
    FROM lot_event AS h JOIN lot AS l ON l.lot = h.lot JOIN source AS s ON s.source = l.source CROSS JOIN snap AS w
    WHERE h.event = 'hold' AND (w.from_date IS NULL OR h.time >= w.from_date) AND (w.to_date IS NULL OR h.time < w.to_date)),
  summed AS (
    SELECT line, reason, count(*) AS holds, sum(release IS NULL) AS open_holds,
           total(julianday(coalesce(release, now.time)) - julianday(held.time)) * 24.0 AS hours,
           max(julianday(coalesce(release, now.time)) - julianday(held.time)) * 24.0 AS longest_hours
    FROM held CROSS JOIN now GROUP BY line, reason)
-- Holds by line and reason; a hold lasts to the lot's next release, an open one to the last event of the history.
SELECT line, coalesce(reason, 'none given') AS reason, holds, open_holds, hours, longest_hours
FROM summed
ORDER BY line, hours DESC, reason
