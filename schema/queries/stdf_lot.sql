-- A lot that the database has: where it comes from, what it was started on, and how many wafers lie in it.
-- parameters: :lot
-- columns: basis, source, start_time, wafers
SELECT l.basis, l.source, l.start_time, (SELECT COUNT(*) FROM wafer AS w WHERE w.lot = l.lot) AS wafers FROM lot AS l WHERE l.lot = :lot;
