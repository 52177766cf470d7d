-- Purpose: ids of rows that an import refused, so that rows which name them are not reported as well.
-- Parameters: none. Columns: none.
CREATE TEMP TABLE IF NOT EXISTS import_refused (
    tbl TEXT NOT NULL,
    id  TEXT NOT NULL,
    PRIMARY KEY (tbl, id)
) STRICT, WITHOUT ROWID;
