-- What STDF files gave to the runs of a wafer's test.
-- parameters: :wafer, :stage
-- columns: run, file, part, time, die
SELECT run, file, part, time, die FROM stdf_file WHERE wafer = :wafer AND stage = :stage ORDER BY run, time, file, part;
