-- Materials: what a unit thrown away costs; from when until when hours may move to an alternate, and at what price; limits of stock by period.

CREATE TABLE item_new (
    item                  TEXT NOT NULL PRIMARY KEY CHECK (length(item) BETWEEN 1 AND 63),
    kind                  TEXT NOT NULL CHECK (kind IN ('die', 'component', 'chip')), -- what it is
    name                  TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),   -- name shown in reports
    unit_value_usd        REAL CHECK (unit_value_usd BETWEEN 0 AND 1e+15),         -- USD per unit; value in stock; empty: 0
    holding_frac_per_year REAL CHECK (holding_frac_per_year BETWEEN 0 AND 1e+15),  -- fraction per year; cost of holding, of the value; empty: 0.2
    max_stock             REAL CHECK (max_stock BETWEEN 0 AND 1e+15),              -- units; highest stock, empty: no limit
    compute_watts         REAL CHECK (compute_watts BETWEEN 0 AND 1e+15),          -- W; compute power of one unit; empty: 0
    discard_usd           REAL CHECK (discard_usd BETWEEN 0 AND 1e+15),            -- USD per unit; cost of a unit thrown away; empty: 0
    basis                 TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note                  TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO item_new (item, kind, name, unit_value_usd, holding_frac_per_year, max_stock, compute_watts, basis, note)
SELECT item, kind, name, unit_value_usd, holding_frac_per_year, max_stock, compute_watts, basis, note FROM item;
DROP TABLE item;

CREATE TABLE tool_alternate_new (
    tool_group   TEXT NOT NULL REFERENCES tool_group,                              -- tool group whose hours move
    alternate    TEXT NOT NULL REFERENCES tool_group,                              -- tool group that takes them
    route        TEXT REFERENCES route,                                            -- only of this route
    step         INTEGER CHECK (step BETWEEN 0 AND 1e+15),                         -- only of this step of the route
    hours_ratio  REAL CHECK (hours_ratio > 0 AND hours_ratio <= 1e+15),            -- hours per hour; hours on the alternate per hour moved; empty: 1
    from_date    TEXT CHECK (date(from_date, '+0 days') IS from_date),             -- qualified from this date, empty: from the beginning of time on
    to_date      TEXT CHECK (date(to_date, '+0 days') IS to_date),                 -- to before this date, empty: for ever
    usd_per_hour REAL CHECK (usd_per_hour BETWEEN 0 AND 1e+15),                    -- USD per hour of the group that the hours leave; empty: 0
    basis        TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note         TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO tool_alternate_new (tool_group, alternate, route, step, hours_ratio, basis, note) SELECT tool_group, alternate, route, step, hours_ratio, basis, note FROM tool_alternate;
DROP TABLE tool_alternate;

PRAGMA legacy_alter_table = ON; -- views that read the tables stay as they are
ALTER TABLE item_new RENAME TO item;
ALTER TABLE tool_alternate_new RENAME TO tool_alternate;
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX tool_alternate_key ON tool_alternate (tool_group, alternate, COALESCE(route, ''), COALESCE(step, -1), COALESCE(from_date, ''));

-- Room and cost of holding by period, column by column in the place of the item's own; an empty column leaves that.
CREATE TABLE stock_limit (
    item                  TEXT NOT NULL REFERENCES item,
    from_date             TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),      -- from this date
    to_date               TEXT CHECK (date(to_date, '+0 days') IS to_date),                   -- to before this date, empty: for ever
    max_stock             REAL CHECK (max_stock BETWEEN 0 AND 1e+15),              -- units; highest stock, empty: the item's own
    holding_frac_per_year REAL CHECK (holding_frac_per_year BETWEEN 0 AND 1e+15),  -- fraction per year; cost of holding, empty: the item's own
    basis                 TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note                  TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (item, from_date)
) STRICT;

ALTER TABLE plan ADD COLUMN discard_usd REAL NOT NULL DEFAULT 0;       -- cost of what is thrown away, discounted, with the sign of the objective
ALTER TABLE plan ADD COLUMN moved_usd REAL NOT NULL DEFAULT 0;         -- cost of hours moved to alternates
ALTER TABLE plan_stock ADD COLUMN discard_usd REAL NOT NULL DEFAULT 0; -- cost of discarded, of its own day
ALTER TABLE plan_offload ADD COLUMN usd REAL NOT NULL DEFAULT 0;       -- cost of the hours, of its own day

CREATE VIEW plan_moved AS
SELECT plan, tool_group, alternate, nullif(route, '') AS route, nullif(step, -1) AS step, period, hours, usd FROM plan_offload;
