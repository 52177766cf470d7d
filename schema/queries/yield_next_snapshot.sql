-- The next free snapshot number.
-- parameters: none
-- columns: snapshot
SELECT COALESCE(MAX(snapshot), 0) + 1 AS snapshot FROM yield_snapshot;
