-- Purpose: active and held lots with the part of their cycle time that is done: lot.progress, else k/n after the last finished step k of the n steps of the source's route;
-- a lot that has finished no step of its own stands where its parent stood when it was split off (its first event, else its start).
-- Parameters: none. Columns: lot, source, start_date, wafers, progress, held, done (steps at a point of the cycle time that have a move_out of the lot, in any order,
-- separated by commas; NULL: none).
WITH RECURSIVE
    place(route, step, number, steps, point) AS (
        SELECT route, step, row_number() OVER by_step, count(*) OVER (PARTITION BY route),
               CASE WHEN coalesce(from_frac, to_frac) IS coalesce(to_frac, from_frac)
                    THEN coalesce(from_frac, to_frac, (row_number() OVER by_step - 0.5) / count(*) OVER (PARTITION BY route)) END
        FROM route_step
        WINDOW by_step AS (PARTITION BY route ORDER BY step)
    ),
    -- the lot itself, then its parent up to the split, then the parent's parent ...
    ancestor(lot, source, ancestor, generation, until) AS (
        SELECT lot, source, lot, 0, '9999'
        FROM lot
        WHERE status IN ('active', 'held') AND progress IS NULL
        UNION ALL
        SELECT a.lot, a.source, l.parent_lot, a.generation + 1,
               min(a.until, coalesce((SELECT e.time FROM lot_event AS e
                                       WHERE e.lot = l.lot AND e.event IN ('split', 'start') AND e.wafers_before = 0 ORDER BY e.seq LIMIT 1), l.start_time))
        FROM ancestor AS a
        JOIN lot AS l ON l.lot = a.ancestor
        WHERE l.parent_lot IS NOT NULL AND a.generation < 64
    ),
    finished(lot, generation, number, steps) AS (
        SELECT a.lot, a.generation, max(p.number), max(p.steps)
        FROM ancestor AS a
        JOIN source AS s ON s.source = a.source
        JOIN lot_event AS e ON e.lot = a.ancestor AND e.event = 'move_out' AND e.time <= a.until
        JOIN place AS p ON p.route = s.route AND p.step = e.step
        GROUP BY a.lot, a.generation
    ),
    nearest(lot, number, steps) AS (
        SELECT lot, number, steps
        FROM finished AS d
        WHERE generation = (SELECT min(generation) FROM finished WHERE lot = d.lot)
    ),
    wip(lot, source, start_date, wafers, progress, held) AS MATERIALIZED (
        SELECT l.lot, l.source, substr(l.start_time, 1, 10), l.wafers, coalesce(l.progress, 1.0 * n.number / n.steps, 0.0), l.status = 'held'
        FROM lot AS l
        LEFT JOIN nearest AS n ON n.lot = l.lot
        WHERE l.status IN ('active', 'held') AND l.wafers > 0
    ),
    recorded(lot, done) AS (
        SELECT lot, group_concat(step)
        FROM (SELECT DISTINCT w.lot, e.step
              FROM wip AS w
              JOIN source AS s ON s.source = w.source
              JOIN lot_event AS e ON e.lot = w.lot AND e.event = 'move_out'
              JOIN place AS p ON p.route = s.route AND p.step = e.step AND p.point IS NOT NULL)
        GROUP BY lot
    )
SELECT w.lot AS lot, w.source AS source, w.start_date AS start_date, w.wafers AS wafers, w.progress AS progress, w.held AS held, r.done AS done
FROM wip AS w
LEFT JOIN recorded AS r ON r.lot = w.lot
ORDER BY w.lot;
