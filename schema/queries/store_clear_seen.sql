-- Purpose: forget the last import's rows.
-- Parameters: none. Columns: none.
DELETE FROM temp.import_seen;
