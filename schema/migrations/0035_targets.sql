-- Targets of stock, and cumulated promises to customers: what is missing has a price.

CREATE TABLE stock_target (
    item                        TEXT NOT NULL REFERENCES item,
    target                      TEXT CHECK (length(target) BETWEEN 1 AND 63),            -- name: targets of different names hold side by side
    from_date                   TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date), -- from this date
    to_date                     TEXT CHECK (date(to_date, '+0 days') IS to_date),        -- to before this date, empty: for ever
    quantity                    REAL CHECK (quantity BETWEEN 0 AND 1e+15),               -- units; wanted in stock at the end of a period; empty: 0
    cover_days                  REAL CHECK (cover_days BETWEEN 0 AND 1e+15),             -- days; of orders and planned use that stock is to cover besides; empty: 0
    shortfall_usd_per_unit_week REAL NOT NULL CHECK (shortfall_usd_per_unit_week BETWEEN 0 AND 1e+15), -- USD per unit and week; penalty of what is missing
    basis                       TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note                        TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
CREATE UNIQUE INDEX stock_target_key ON stock_target (item, COALESCE(target, ''), from_date);

CREATE TABLE ship_target (
    customer               TEXT NOT NULL REFERENCES customer,
    item                   TEXT NOT NULL REFERENCES item,
    by_date                TEXT NOT NULL CHECK (date(by_date, '+0 days') IS by_date), -- shipments of the periods up to the one with this date count
    shipped_before         REAL CHECK (shipped_before BETWEEN 0 AND 1e+15),           -- units; before the plan's first day; empty: 0
    min_quantity           REAL CHECK (min_quantity BETWEEN 0 AND 1e+15),             -- units; promised by then, empty: nothing
    max_quantity           REAL CHECK (max_quantity BETWEEN 0 AND 1e+15),             -- units; shipped by then at most, empty: no limit
    shortfall_usd_per_unit REAL CHECK (shortfall_usd_per_unit BETWEEN 0 AND 1e+15),   -- USD per unit; penalty, empty: commitment_factor x the highest price of these orders
    basis                  TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note                   TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (customer, item, by_date)
) STRICT;

ALTER TABLE plan ADD COLUMN target_usd REAL NOT NULL DEFAULT 0;    -- penalties of stock below its targets, discounted, with the sign of the objective
ALTER TABLE plan ADD COLUMN cumulated_usd REAL NOT NULL DEFAULT 0; -- penalties of shipments behind cumulated promises

CREATE TABLE plan_target (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    item                  TEXT NOT NULL,
    target                TEXT NOT NULL,               -- '' no name
    period                TEXT NOT NULL,
    wanted                REAL NOT NULL,               -- units, with those of orders and use that it covers
    stock                 REAL NOT NULL,               -- at the end of the period
    under                 REAL NOT NULL,               -- missing
    usd                   REAL NOT NULL,               -- penalty, of its own day
    PRIMARY KEY (plan, item, target, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_cumulated (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    customer              TEXT NOT NULL,
    item                  TEXT NOT NULL,
    by_date               TEXT NOT NULL,
    shipped               REAL NOT NULL,               -- by then, before the plan and in it
    min_quantity          REAL,                        -- NULL: nothing is promised
    max_quantity          REAL,                        -- NULL: no limit
    behind                REAL NOT NULL,               -- missing
    usd                   REAL NOT NULL,               -- penalty, of its own day
    PRIMARY KEY (plan, customer, item, by_date)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_target_no_update BEFORE UPDATE ON plan_target BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_target_no_delete BEFORE DELETE ON plan_target BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_cumulated_no_update BEFORE UPDATE ON plan_cumulated BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_cumulated_no_delete BEFORE DELETE ON plan_cumulated BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
