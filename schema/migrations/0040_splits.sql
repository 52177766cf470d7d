-- Substitutes of one consumer, by date and at a rate; splits of what is started of an item between its sources.

CREATE TABLE substitute_new (
    item         TEXT NOT NULL REFERENCES item,                                    -- item that serves
    instead_of   TEXT NOT NULL REFERENCES item,                                    -- item it serves as
    usd_per_unit REAL CHECK (usd_per_unit BETWEEN 0 AND 1e+15),                    -- USD per unit of instead_of; cost of the change; empty: 0
    consumer     TEXT CHECK (length(consumer) BETWEEN 1 AND 63),                   -- only for this item, in whose bill instead_of is, or for this customer; empty: for all
    from_date    TEXT CHECK (date(from_date, '+0 days') IS from_date),             -- from this date, empty: from the beginning of time on
    to_date      TEXT CHECK (date(to_date, '+0 days') IS to_date),                 -- to before this date, empty: for ever
    rate         REAL CHECK (rate > 0 AND rate <= 1e+15),                          -- units per unit; of item that serve as one of instead_of; empty: 1
    basis        TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note         TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO substitute_new (item, instead_of, usd_per_unit, basis, note) SELECT item, instead_of, usd_per_unit, basis, note FROM substitute;
DROP TABLE substitute;
CREATE TABLE plan_substitution_new (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    item                  TEXT NOT NULL,
    instead_of            TEXT NOT NULL,
    consumer              TEXT NOT NULL,               -- '' all
    period                TEXT NOT NULL,
    quantity              REAL NOT NULL,               -- units of instead_of that are served
    usd                   REAL NOT NULL,
    PRIMARY KEY (plan, item, instead_of, consumer, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_substitution_new SELECT plan, item, instead_of, '', period, quantity, usd FROM plan_substitution;
DROP TABLE plan_substitution;
PRAGMA legacy_alter_table = ON; -- views that read the tables stay as they are
ALTER TABLE substitute_new RENAME TO substitute;
ALTER TABLE plan_substitution_new RENAME TO plan_substitution;
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX substitute_key ON substitute (item, instead_of, COALESCE(consumer, ''), COALESCE(from_date, ''));
CREATE TRIGGER plan_substitution_no_update BEFORE UPDATE ON plan_substitution BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_substitution_no_delete BEFORE DELETE ON plan_substitution BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE TABLE source_mix (
    item      TEXT NOT NULL REFERENCES item,                                       -- item that several sources give
    source    TEXT NOT NULL REFERENCES source,                                     -- one of them
    from_date TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),       -- from this date
    to_date   TEXT CHECK (date(to_date, '+0 days') IS to_date),                    -- to before this date, empty: for ever
    min_share REAL CHECK (min_share BETWEEN 0 AND 1),                              -- fraction; of what is started of the item, at least
    max_share REAL CHECK (max_share BETWEEN 0 AND 1),                              -- fraction; of what is started of the item, at most
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (item, source, from_date)
) STRICT;

CREATE TABLE plan_mix (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    item                  TEXT NOT NULL,
    source                TEXT NOT NULL,
    period                TEXT NOT NULL,
    share                 REAL,                        -- of the good units that are started of the item; NULL: none are
    min_share             REAL,                        -- NULL: none
    max_share             REAL,                        -- NULL: none
    PRIMARY KEY (plan, item, source, period)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER plan_mix_no_update BEFORE UPDATE ON plan_mix BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_mix_no_delete BEFORE DELETE ON plan_mix BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
