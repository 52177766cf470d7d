-- Bills of material by source and date, taken at parts of the lead time; outputs by date, out at parts of it.

CREATE TABLE bom_new (
    item      TEXT NOT NULL REFERENCES item,                                       -- what is made
    component TEXT NOT NULL REFERENCES item,                                       -- what goes in
    quantity  REAL NOT NULL CHECK (quantity > 0 AND quantity <= 1e+15),            -- units per unit; components in one unit
    source    TEXT REFERENCES source,                                              -- of starts of this source, in the place of all rows without one; empty: of all that have none
    at_frac   REAL CHECK (at_frac BETWEEN 0 AND 1),                                -- fraction; part of the lead time after which it is taken; empty: 0
    from_date TEXT CHECK (date(from_date, '+0 days') IS from_date),                -- of starts from this date, empty: from the beginning of time on
    to_date   TEXT CHECK (date(to_date, '+0 days') IS to_date),                    -- to before this date, empty: for ever
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO bom_new (item, component, quantity, basis, note) SELECT item, component, quantity, basis, note FROM bom;
DROP TABLE bom;

CREATE TABLE source_output_new (
    source    TEXT NOT NULL REFERENCES source,
    item      TEXT NOT NULL REFERENCES item,                                       -- item that comes out
    share     REAL NOT NULL CHECK (share BETWEEN 0 AND 1),                         -- fraction; of the good units
    from_date TEXT CHECK (date(from_date, '+0 days') IS from_date),                -- of starts from this date, empty: from the beginning of time on
    at_frac   REAL CHECK (at_frac BETWEEN 0 AND 1),                                -- fraction; part of the lead time after which it is out; empty: 1
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO source_output_new (source, item, share, basis, note) SELECT source, item, share, basis, note FROM source_output;
DROP TABLE source_output;

PRAGMA legacy_alter_table = ON; -- views that read the tables stay as they are
ALTER TABLE bom_new RENAME TO bom;
ALTER TABLE source_output_new RENAME TO source_output;
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX bom_key ON bom (item, component, COALESCE(source, ''), COALESCE(at_frac, -1), COALESCE(from_date, ''));
CREATE UNIQUE INDEX source_output_key ON source_output (source, item, COALESCE(from_date, ''));
