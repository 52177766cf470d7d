-- Cycle times of finished lots by source, from the start to the last move_out or ship; lots that were merged away have not finished. p95 is the nearest rank.
-- Raw process time: tool time of a whole lot through its route, one tool at a time (view step_raw_time).
-- parameters: :line, :source one only, NULL for all; :from, :to window of the finish, NULL for none
-- columns: source, line, lots, mean_days, median_days, p95_days, raw_process_days, x_factor (mean over raw), due_lots, on_time (share of those with a due time)
WITH
    finished AS (
        SELECT l.source, l.lot, l.start_time, l.due_time,
               (SELECT e.time FROM lot_event AS e WHERE e.lot = l.lot AND (e.event = 'move_out' OR e.event = 'ship') ORDER BY e.seq DESC LIMIT 1) AS end_time
        FROM lot AS l
        WHERE l.status = 'done' AND (:source IS NULL OR l.source = :source)
          AND (l.wafers > 0 OR EXISTS (SELECT 1 FROM lot_event AS e WHERE e.lot = l.lot AND e.event = 'ship'))
    ),
    timed AS (
        SELECT f.source, s.line, s.route, (unixepoch(f.end_time) - unixepoch(f.start_time)) / 86400.0 AS days, f.due_time IS NOT NULL AS has_due, COALESCE(f.end_time <= f.due_time, 0) AS on_time
        FROM finished AS f JOIN source AS s ON s.source = f.source
        WHERE f.end_time IS NOT NULL AND (:line IS NULL OR s.line = :line) AND (:from IS NULL OR f.end_time >= :from) AND (:to IS NULL OR f.end_time < :to)
    ),
    ranked AS (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY source ORDER BY days) AS rank, COUNT(*) OVER (PARTITION BY source) AS n
        FROM timed
    ),
    raw(route, days) AS (
        SELECT route, SUM(minutes) / 60.0 / 24.0
        FROM step_raw_time
        GROUP BY route
    )
SELECT k.source, k.line, COUNT(*) AS lots, AVG(k.days) AS mean_days,
       AVG(CASE WHEN 2 * k.rank BETWEEN k.n AND k.n + 2 THEN k.days END) AS median_days,
       MAX(CASE WHEN k.rank = (95 * k.n + 99) / 100 THEN k.days END) AS p95_days,
       raw.days AS raw_process_days, CASE WHEN raw.days > 0 THEN AVG(k.days) / raw.days END AS x_factor,
       SUM(k.has_due) AS due_lots, 1.0 * SUM(k.on_time) / NULLIF(SUM(k.has_due), 0) AS on_time
FROM ranked AS k LEFT JOIN raw ON raw.route = k.route
GROUP BY k.source
ORDER BY k.source;
