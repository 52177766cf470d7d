-- What a plan's model differs from the data set by, and what changes of a region and of a source's output need.

-- lag_days stands behind share: the columns of an input table are in the order of the dictionary, basis and note last.
CREATE TABLE dependency_new (
    source   TEXT NOT NULL REFERENCES source,
    region   TEXT NOT NULL CHECK (length(region) BETWEEN 1 AND 4000),              -- region it depends on
    share    REAL NOT NULL CHECK (share BETWEEN 0 AND 1),                          -- fraction; of the output that stops if the region does
    lag_days REAL CHECK (lag_days BETWEEN 0 AND 1e+15),                            -- days; it stops, and comes back, that much later; empty: 0
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (source, region)
) STRICT;
INSERT INTO dependency_new (source, region, share, basis, note) SELECT source, region, share, basis, note FROM dependency;
DROP TABLE dependency;
ALTER TABLE dependency_new RENAME TO dependency;

CREATE TABLE receipt_new (
    item     TEXT NOT NULL REFERENCES item,
    date     TEXT NOT NULL CHECK (date(date, '+0 days') IS date),                             -- day of arrival
    quantity REAL NOT NULL CHECK (quantity BETWEEN 0 AND 1e+15),                   -- units; open order, arrives whatever is planned
    source   TEXT REFERENCES source,                                               -- source it was ordered from; empty: not said
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (item, date)
) STRICT;
INSERT INTO receipt_new (item, date, quantity, basis, note) SELECT item, date, quantity, basis, note FROM receipt;
DROP TABLE receipt;
ALTER TABLE receipt_new RENAME TO receipt;

-- The changes of data-dictionary.md, "Changes", in the order in which they were applied. Written once, never changed.
CREATE TABLE plan_change (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 1, 2, ... as applied
    origin                TEXT NOT NULL CHECK (origin IN ('measured', 'yield', 'scenario')),
    scenario              TEXT,                        -- of a scenario its name
    tbl                   TEXT NOT NULL,
    row_key               TEXT NOT NULL,               -- key and conditions
    column_name           TEXT NOT NULL,               -- '': none (insert, delete, shift)
    operation             TEXT NOT NULL CHECK (operation IN ('set', 'scale', 'add', 'shift', 'insert', 'delete')),
    value                 TEXT NOT NULL,
    from_date             TEXT,                        -- empty: open
    to_date               TEXT,                        -- exclusive; empty: open
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_change_no_update BEFORE UPDATE ON plan_change BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_change_no_delete BEFORE DELETE ON plan_change BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
