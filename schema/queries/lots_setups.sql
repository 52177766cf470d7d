-- Setups as they were: a change of route or step between two move_ins of a tool. Of steps with a setup; lots of one move_in time on one tool are loaded together,
-- a tool's first loading has none before it and does not count, nor do moves without a tool.
-- Units are wafers moved in, each as often as the step's visits where one move_in stands for all of them.
-- parameters: :line one only, NULL for all; :source one only, NULL for all; :from, :to window, NULL for none
-- columns: route, step, line, units, setups, units_per_setup, planned_units_per_setup
WITH
    counted AS (
        SELECT e.tool, e.time, s.route, e.step, e.wafers_after * MAX(1.0, COALESCE(k.visits, 1.0) / COUNT(*) OVER (PARTITION BY e.lot, e.step)) AS units,
               :source IS NULL OR l.source = :source AS wanted
        FROM lot_event AS e JOIN lot AS l ON l.lot = e.lot JOIN source AS s ON s.source = l.source JOIN route_step AS k ON k.route = s.route AND k.step = e.step
        WHERE e.event = 'move_in' AND e.tool IS NOT NULL AND e.wafers_after > 0
    ),
    move AS (
        SELECT tool, time, route, step, SUM(units) AS units, TOTAL(CASE WHEN wanted THEN units END) AS wanted FROM counted GROUP BY tool, time, route, step
    ),
    loading AS (
        SELECT *, DENSE_RANK() OVER (PARTITION BY tool ORDER BY time) AS number FROM move
    ),
    followed AS (
        SELECT *, LAG(number) OVER (PARTITION BY tool, route, step ORDER BY number) IS NOT number - 1 AS changed FROM loading
    ),
    measured AS (
        SELECT route, step, SUM(wanted) AS units, SUM(CASE WHEN changed THEN wanted / units ELSE 0.0 END) AS setups
        FROM followed
        WHERE number > 1 AND (:from IS NULL OR time >= :from) AND (:to IS NULL OR time < :to)
        GROUP BY route, step
    )
SELECT k.route, k.step, r.line, COALESCE(m.units, 0.0) AS units, COALESCE(m.setups, 0.0) AS setups, m.units / NULLIF(m.setups, 0.0) AS units_per_setup,
       k.units_per_setup AS planned_units_per_setup
FROM route_step AS k JOIN route AS r ON r.route = k.route LEFT JOIN measured AS m ON m.route = k.route AND m.step = k.step
WHERE k.setup_minutes IS NOT NULL AND EXISTS (SELECT 1 FROM lot_event) AND (:line IS NULL OR r.line = :line)
ORDER BY k.route, k.step;
