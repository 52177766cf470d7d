-- Purpose: the line that named a row.
-- Parameters: ?1 table, ?2 rowid. Columns: line.
SELECT line FROM temp.import_seen WHERE tbl = ?1 AND row_id = ?2;
