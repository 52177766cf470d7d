-- Lots that are finished with all that was split off them, on the day of their last event, and what the last test of their wafers at sort found.
-- parameters: none
-- columns: source, start_date, out_day (since 1970-01-01), days (from the start), started, come_out (wafers), tested (wafers), good (units of those)
WITH RECURSIVE
    member(lot, root) AS (
        SELECT lot, lot FROM lot_family
        UNION
        SELECT child.lot, member.root FROM member JOIN lot AS child ON child.parent_lot = member.lot
    ),
    sorted(root, tested, good) AS (
        SELECT m.root, count(*), total(r.good)
        FROM wafer_result AS r
        JOIN wafer AS w ON w.wafer = r.wafer
        JOIN member AS m ON m.lot = w.lot
        WHERE r.stage = 'sort'
        GROUP BY m.root
    )
SELECT f.source, substr(f.start_time, 1, 10) AS start_date, unixepoch(f.end_time) / 86400.0 AS out_day, (unixepoch(f.end_time) - unixepoch(f.start_time)) / 86400.0 AS days, f.started, f.come_out,
       coalesce(s.tested, 0) AS tested, coalesce(s.good, 0.0) AS good
FROM lot_family AS f
LEFT JOIN sorted AS s ON s.root = f.lot
WHERE f.open_lots = 0 AND f.end_time IS NOT NULL
ORDER BY f.source, f.end_time, f.lot;
