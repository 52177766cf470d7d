-- Whole decisions: starts and shipments in multiples, orders as a whole.

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
    starts_multiple REAL CHECK (starts_multiple > 0 AND starts_multiple <= 1e+15), -- starts; starts of a period are a multiple of it; of whole decisions
    basis           TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note            TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO source_new (source, item, line, route, supplier, region, units_per_start, consumes_bom, lead_time_days, process, available_from, available_to, fixed_usd, min_lot, basis, note)
SELECT source, item, line, route, supplier, region, units_per_start, consumes_bom, lead_time_days, process, available_from, available_to, fixed_usd, min_lot, basis, note FROM source;
DROP TABLE source;

CREATE TABLE demand_new (
    demand            TEXT NOT NULL PRIMARY KEY CHECK (length(demand) BETWEEN 1 AND 63),
    customer          TEXT NOT NULL REFERENCES customer,
    item              TEXT NOT NULL REFERENCES item,                               -- item wanted
    due_date          TEXT NOT NULL CHECK (date(due_date, '+0 days') IS due_date),            -- falls in a period
    quantity          REAL NOT NULL CHECK (quantity BETWEEN 0 AND 1e+15),          -- units; wanted
    price_usd         REAL NOT NULL CHECK (price_usd BETWEEN 0 AND 1e+15),         -- USD per unit; paid on shipment
    shortage_usd      REAL CHECK (shortage_usd BETWEEN 0 AND 1e+15),               -- USD per unit; cost of a unit never shipped; empty: 0
    late_usd_per_week REAL CHECK (late_usd_per_week BETWEEN 0 AND 1e+15),          -- USD per unit and week; cost of shipping late; empty: 0
    max_late_days     REAL CHECK (max_late_days BETWEEN 0 AND 1e+15),              -- days; latest useful shipment after the due period's start; empty: 0
    min_fill          REAL CHECK (min_fill BETWEEN 0 AND 1),                       -- fraction; promised share, empty: the customer's
    class             TEXT CHECK (class IN ('firm', 'forecast')),                  -- how sure it is
    whole             INTEGER CHECK (whole IN (0, 1)),                             -- 1: all of it or nothing; of whole decisions; empty: 0
    ship_multiple     REAL CHECK (ship_multiple > 0 AND ship_multiple <= 1e+15),   -- units; shipments of a period are a multiple of it; of whole decisions
    basis             TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note              TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO demand_new (demand, customer, item, due_date, quantity, price_usd, shortage_usd, late_usd_per_week, max_late_days, min_fill, class, basis, note)
SELECT demand, customer, item, due_date, quantity, price_usd, shortage_usd, late_usd_per_week, max_late_days, min_fill, class, basis, note FROM demand;
DROP TABLE demand;

PRAGMA legacy_alter_table = ON; -- views that read the tables stay as they are
ALTER TABLE source_new RENAME TO source;
ALTER TABLE demand_new RENAME TO demand;
PRAGMA legacy_alter_table = OFF;

ALTER TABLE plan_start ADD COLUMN starts_multiple REAL; -- NULL: any
