-- Purpose: the stored scenarios.
-- Parameters: none. Columns: scenario, name, surprise_from.
SELECT scenario, name, surprise_from FROM scenario ORDER BY scenario;
