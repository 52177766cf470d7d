-- Purpose: the rows that an import's files name, by their key as text, with the line; for duplicates and --replace. Files in the order of the key need
-- no entries without --replace.
-- Parameters: none. Columns: none.
CREATE TEMP TABLE IF NOT EXISTS import_seen (
    tbl  TEXT NOT NULL,
    key  TEXT NOT NULL,
    line INTEGER NOT NULL,
    PRIMARY KEY (tbl, key)
) STRICT, WITHOUT ROWID;
