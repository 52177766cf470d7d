-- Purpose: the line that named a row.
-- Parameters: ?1 table, ?2 key. Columns: line.
SELECT line FROM temp.import_seen WHERE tbl = ?1 AND key = ?2;
