-- Purpose: the rows that were there before an import and that its files name too, with the line; for duplicates, --replace and places of findings.
-- Parameters: none. Columns: none.
CREATE TEMP TABLE IF NOT EXISTS import_seen (
    tbl    TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    line   INTEGER NOT NULL,
    PRIMARY KEY (tbl, row_id)
) STRICT, WITHOUT ROWID;
