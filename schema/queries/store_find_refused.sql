-- Purpose: was a row of this id refused?
-- Parameters: ?1 table, ?2 id. Columns: 1.
SELECT 1 AS refused FROM temp.import_refused WHERE tbl = ?1 AND id = ?2;
