-- The facts of a snapshot.
-- parameters: :snapshot
-- columns: those of yield_snapshot
SELECT snapshot, created_utc, from_date, to_date, confidence, sources, lots, wafers, simulated, method, inputs_sha256, history_sha256, versions
FROM yield_snapshot
WHERE snapshot = :snapshot;
