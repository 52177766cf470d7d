-- The input table lot, lots that are in the line.
SELECT * FROM lot WHERE status IN ('active', 'held') ORDER BY lot
