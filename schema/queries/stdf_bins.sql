-- Bins that a run of a wafer's test has in the database.
-- parameters: :wafer, :stage, :run
-- columns: bin
SELECT bin FROM wafer_bin WHERE wafer = :wafer AND stage = :stage AND run = :run ORDER BY bin;
