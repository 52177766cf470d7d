-- Purpose: active and held lots with the part of their cycle time that is done: lot.progress, else k/n after the last finished step k of the n steps of the source's route;
-- a lot that has finished no step of its own stands where its parent stood when it was split off.
-- Parameters: none. Columns: lot, source, start_date, wafers, progress, held.
WITH RECURSIVE
    place(route, step, number, steps) AS (
        SELECT route, step, row_number() OVER (PARTITION BY route ORDER BY step), count(*) OVER (PARTITION BY route)
        FROM route_step
    ),
    -- the lot itself, then its parent up to the split, then the parent's parent ...
    ancestor(lot, source, ancestor, generation, until) AS (
        SELECT lot, source, lot, 0, '9999'
        FROM lot
        WHERE status IN ('active', 'held') AND progress IS NULL
        UNION ALL
        SELECT a.lot, a.source, l.parent_lot, a.generation + 1, min(a.until, l.start_time)
        FROM ancestor AS a
        JOIN lot AS l ON l.lot = a.ancestor
        WHERE l.parent_lot IS NOT NULL AND a.generation < 64
    ),
    done(lot, generation, number, steps) AS (
        SELECT a.lot, a.generation, max(p.number), max(p.steps)
        FROM ancestor AS a
        JOIN source AS s ON s.source = a.source
        JOIN lot_event AS e ON e.lot = a.ancestor AND e.event = 'move_out' AND e.time <= a.until
        JOIN place AS p ON p.route = s.route AND p.step = e.step
        GROUP BY a.lot, a.generation
    ),
    nearest(lot, number, steps) AS (
        SELECT lot, number, steps
        FROM done AS d
        WHERE generation = (SELECT min(generation) FROM done WHERE lot = d.lot)
    )
SELECT l.lot AS lot,
       l.source AS source,
       substr(l.start_time, 1, 10) AS start_date,
       l.wafers AS wafers,
       coalesce(l.progress, 1.0 * n.number / n.steps, 0.0) AS progress,
       l.status = 'held' AS held
FROM lot AS l
LEFT JOIN nearest AS n ON n.lot = l.lot
WHERE l.status IN ('active', 'held') AND l.wafers > 0
ORDER BY l.lot;
