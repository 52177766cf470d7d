-- The sort result of every wafer, its last run (a retest supersedes), in the order of ids.
-- parameters: none
-- columns: lot_row (rowid of the lot it lies in), tested, good, time, run
SELECT l.rowid AS lot_row, t.tested, t.good, t.time, MAX(t.run) AS run
FROM wafer_test AS t
CROSS JOIN wafer AS w ON w.wafer = t.wafer
CROSS JOIN lot AS l ON l.lot = w.lot
WHERE t.stage = 'sort'
GROUP BY t.wafer
ORDER BY t.wafer;
