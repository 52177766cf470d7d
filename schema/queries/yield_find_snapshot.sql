-- A snapshot of yield estimates by its number, or the newest one.
-- parameters: :snapshot its number; 0 or less for the newest
-- columns: snapshot; no row when there is none
SELECT snapshot FROM yield_snapshot WHERE snapshot = :snapshot OR :snapshot <= 0 ORDER BY snapshot DESC LIMIT 1;
