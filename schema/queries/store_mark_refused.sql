-- Purpose: note the id of a refused row.
-- Parameters: ?1 table, ?2 id. Columns: none.
INSERT INTO temp.import_refused (tbl, id) VALUES (?1, ?2) ON CONFLICT DO NOTHING;
