-- Purpose: forget the last import's refused ids.
-- Parameters: none. Columns: none.
DELETE FROM temp.import_refused;
