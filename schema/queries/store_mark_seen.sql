-- Purpose: note that a file names a row; nothing happens when it did so before.
-- Parameters: ?1 table, ?2 key, ?3 line. Columns: none.
INSERT INTO temp.import_seen (tbl, key, line) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING;
