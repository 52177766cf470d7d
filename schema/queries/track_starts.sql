-- What was started: wafers of lots that were split off no other, by source and time.
-- parameters: none
-- columns: source, day (since 1970-01-01), started (wafers)
SELECT source, unixepoch(start_time) / 86400.0 AS day, started
FROM lot_family
ORDER BY source, start_time, lot;
