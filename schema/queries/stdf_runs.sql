-- Runs of a wafer's test in the database.
-- parameters: :wafer, :stage
-- columns: run
SELECT run FROM wafer_test WHERE wafer = :wafer AND stage = :stage ORDER BY run;
