-- Holds by line and reason; a hold lasts to the lot's next release, an open one to :as_of.
-- parameters: :line, :source one only, NULL for all; :from, :to window of the hold's begin, NULL for none; :as_of
-- columns: line, reason, holds, open_holds, mean_hours, longest_hours
WITH held AS (
    SELECT s.line, h.reason, h.time,
           (SELECT r.time FROM lot_event AS r WHERE r.lot = h.lot AND r.seq > h.seq AND r.event = 'release' ORDER BY r.seq LIMIT 1) AS release_time
    FROM lot_event AS h JOIN lot AS l ON l.lot = h.lot JOIN source AS s ON s.source = l.source
    WHERE h.event = 'hold' AND (:line IS NULL OR s.line = :line) AND (:source IS NULL OR l.source = :source)
      AND (:from IS NULL OR h.time >= :from) AND (:to IS NULL OR h.time < :to)
)
SELECT line, reason, COUNT(*) AS holds, SUM(release_time IS NULL) AS open_holds,
       AVG(unixepoch(COALESCE(release_time, :as_of)) - unixepoch(time)) / 3600.0 AS mean_hours,
       MAX(unixepoch(COALESCE(release_time, :as_of)) - unixepoch(time)) / 3600.0 AS longest_hours
FROM held
GROUP BY line, reason
ORDER BY line, holds DESC, reason;
