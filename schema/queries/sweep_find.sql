-- Purpose: the number of a stored sweep.
-- Parameters: :sweep (0: the newest), :results_sha256 (NULL: any). Columns: sweep.
SELECT sweep
FROM sweep
WHERE (:sweep = 0 OR sweep = :sweep) AND (:results_sha256 IS NULL OR results_sha256 = :results_sha256)
ORDER BY sweep DESC
LIMIT 1;
