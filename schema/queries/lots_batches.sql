-- Batches as they were: a batch is the lots of one move_in time on one tool. Of steps with a batch; moves without a tool do not count.
-- A step has of a batch the share that its wafers are, so that wafers / (batch_max x batches) is the fill at which the batches' time is spent.
-- parameters: :line one only, NULL for all; :source one only, NULL for all; :from, :to window, NULL for none
-- columns: route, step, line, batches, wafers, batch_max, batch_fill, planned_batch_fill
WITH
    move AS (
        SELECT e.tool, e.time, s.route, e.step, l.source, TOTAL(e.wafers_after) AS wafers
        FROM lot_event AS e JOIN lot AS l ON l.lot = e.lot JOIN source AS s ON s.source = l.source
        WHERE e.event = 'move_in' AND e.tool IS NOT NULL AND e.wafers_after > 0 AND (:from IS NULL OR e.time >= :from) AND (:to IS NULL OR e.time < :to)
        GROUP BY e.tool, e.time, s.route, e.step, l.source
    ),
    batch AS (
        SELECT tool, time, SUM(wafers) AS wafers FROM move GROUP BY tool, time
    ),
    measured AS (
        SELECT m.route, m.step, SUM(m.wafers / b.wafers) AS batches, SUM(m.wafers) AS wafers
        FROM move AS m JOIN batch AS b ON b.tool = m.tool AND b.time = m.time
        WHERE :source IS NULL OR m.source = :source
        GROUP BY m.route, m.step
    )
SELECT k.route, k.step, r.line, COALESCE(m.batches, 0.0) AS batches, COALESCE(m.wafers, 0.0) AS wafers, k.batch_max, m.wafers / (m.batches * k.batch_max) AS batch_fill,
       COALESCE(k.batch_fill, 1.0) AS planned_batch_fill
FROM route_step AS k JOIN route AS r ON r.route = k.route LEFT JOIN measured AS m ON m.route = k.route AND m.step = k.step
WHERE k.minutes_per_batch IS NOT NULL AND EXISTS (SELECT 1 FROM lot_event) AND (:line IS NULL OR r.line = :line)
ORDER BY k.route, k.step;
