-- The input table lot as it is now, lots that are in the line.
SELECT * FROM lot WHERE status IN ('active', 'held') ORDER BY lot
