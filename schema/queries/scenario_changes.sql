-- Purpose: the changes of all stored scenarios, by number.
-- Parameters: none. Columns: as of scenario_change.
SELECT scenario, number, "table", "key", "column", operation, value, "from", "to", basis FROM scenario_change ORDER BY scenario, number;
