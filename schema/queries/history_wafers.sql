-- The sort result of every wafer after all its runs (retests), in the order of ids.
-- parameters: none
-- columns: lot_row (rowid of the lot it lies in), tested, good, time, run (the last one)
SELECT l.rowid AS lot_row, r.tested, r.good, r.time, r.run
FROM wafer_result AS r
CROSS JOIN wafer AS w ON w.wafer = r.wafer
CROSS JOIN lot AS l ON l.lot = w.lot
WHERE r.stage = 'sort'
ORDER BY r.wafer;
