,
  finished AS (
    SELECT l.source, l.lot, l.start_time, l.due_time,
           (SELECT e.time FROM lot_event AS e WHERE e.lot = l.lot
             AND (e.event = 'move_out' OR e.event = 'ship') ORDER BY e.seq DESC LIMIT 1)
             AS end_time
    FROM lot AS l WHERE l.status = 'done'),
  timed AS (
    SELECT f.source, s.line, s.route, s.item, julianday(f.end_time) - julianday(f.start_time) AS days, f.due_time IS NOT NULL AS has_due,
           coalesce(f.end_time <= f.due_time, 0) AS on_time,
           coalesce((SELECT c.days FROM cycle_time AS c WHERE c.route = s.route AND c.from_date <= f.start_time
                     ORDER BY c.from_date DESC LIMIT 1),
                    (SELECT c.days FROM cycle_time AS c WHERE c.route = s.route ORDER BY c.from_date LIMIT 1)) AS planned
    FROM finished AS f JOIN source AS s ON s.source = f.source CROSS JOIN snap AS w
    WHERE f.end_time IS NOT NULL AND (w.from_date IS NULL OR f.end_time >= w.from_date)
           AND (w.to_date IS NULL OR f.end_time < w.to_date)),
  ranked AS (SELECT *, row_number() OVER (PARTITION BY source ORDER BY days) AS rank, count(*) OVER (PARTITION BY source) AS n
         FROM timed),
  -- tool time of a whole lot through its route, one tool at a time
  raw(route, days) AS (
    SELECT route, sum(minutes) / 60.0 / 24.0 FROM step_raw_time GROUP BY route)
-- Cycle times of finished lots by product, from the start to the last move_out or ship; p95 is the nearest rank.
SELECT k.source || ' · ' || coalesce(i.name, k.item) AS label, k.line, count(*) AS lots, avg(k.days) AS mean_days,
       avg(CASE WHEN 2 * k.rank BETWEEN k.n AND k.n + 2 THEN k.days END) AS median_days,
       max(CASE WHEN k.rank = (95 * k.n + 99) / 100 THEN k.days END) AS p95_days, avg(k.planned) AS planned_days,
       iif(avg(k.planned) IS NULL, NULL, '={mean_days}-{planned_days}') AS late_formula,
       raw.days AS raw_days,
       iif(raw.days > 0, '={mean_days}/{raw_days}', NULL) AS x_formula, sum(k.has_due) AS due_lots, sum(k.has_due * k.on_time)
         AS on_time_lots,
       iif(sum(k.has_due) > 0, '={on_time_lots}/{due_lots}', NULL) AS on_time_formula
FROM ranked AS k LEFT JOIN raw ON raw.route = k.route LEFT JOIN item AS i ON i.item = k.item
GROUP BY k.source
ORDER BY k.line, k.source
