-- Purpose: a slot of a carrier holds one wafer. (A wafer lies in one lot: it is the key of its table.)
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'finding' AS severity, 'wafer' AS tbl, twice.row_id, 'slot' AS "column", twice.slot AS value,
       'must be unique in lot ' || twice.lot || ' (wafer ' || other.wafer || ' has it too)' AS message
FROM (SELECT lot, slot, MAX(rowid) AS row_id, MIN(rowid) AS other_id FROM wafer WHERE slot IS NOT NULL GROUP BY lot, slot HAVING COUNT(*) > 1) AS twice
JOIN wafer AS other ON other.rowid = twice.other_id;
