-- Whole decisions of a source: what a period with starts costs, and how many starts it has at least.

CREATE TABLE source_new (
    source          TEXT NOT NULL PRIMARY KEY CHECK (length(source) BETWEEN 1 AND 63),
    item            TEXT NOT NULL REFERENCES item,                                 -- what it gives
    line            TEXT NOT NULL REFERENCES line,                                 -- line, own or external
    route           TEXT REFERENCES route,                                         -- route it is made on, empty: bought
    supplier        TEXT CHECK (length(supplier) BETWEEN 1 AND 4000),
    region          TEXT CHECK (length(region) BETWEEN 1 AND 4000),
    units_per_start REAL CHECK (units_per_start > 0 AND units_per_start <= 1e+15), -- units per start; gross units, empty: gross die, else 1
    consumes_bom    INTEGER CHECK (consumes_bom IN (0, 1)),                        -- 1 if it uses the item's components, empty: 1 with a route
    lead_time_days  REAL CHECK (lead_time_days BETWEEN 0 AND 1e+15),               -- days; of a source without a route
    process         TEXT REFERENCES process,                                       -- gives the yield of the item's die
    available_from  TEXT CHECK (date(available_from, '+0 days') IS available_from),           -- no starts before
    available_to    TEXT CHECK (date(available_to, '+0 days') IS available_to),               -- no starts from this date on
    fixed_usd       REAL CHECK (fixed_usd BETWEEN 0 AND 1e+15),                    -- USD per period with starts; of whole decisions
    min_lot         REAL CHECK (min_lot BETWEEN 0 AND 1e+15),                      -- starts; a period has none, or at least so many; of whole decisions
    basis           TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note            TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO source_new (source, item, line, route, supplier, region, units_per_start, consumes_bom, lead_time_days, process, available_from, available_to, basis, note)
SELECT source, item, line, route, supplier, region, units_per_start, consumes_bom, lead_time_days, process, available_from, available_to, basis, note FROM source;
DROP TABLE source;
PRAGMA legacy_alter_table = ON; -- views that read the table stay as they are
ALTER TABLE source_new RENAME TO source;
PRAGMA legacy_alter_table = OFF;

ALTER TABLE plan ADD COLUMN fixed_usd REAL NOT NULL DEFAULT 0;       -- fixed charges of starts, discounted, with the sign of the objective
ALTER TABLE plan_start ADD COLUMN fixed_usd REAL NOT NULL DEFAULT 0; -- fixed charge of the period, of its own day
