-- Purpose: forget a scenario and its changes; nothing when there is none.
-- Parameters: :scenario. Columns: scenario.
DELETE FROM scenario WHERE scenario = :scenario RETURNING scenario;
