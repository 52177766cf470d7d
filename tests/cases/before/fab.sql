-- A database of schema 32 (before the planning language's second part), as sqlite3 .dump gave it: plan 1 of data/mini, plan 2 of tests/cases/everything of that time.
PRAGMA application_id=1178681936;
PRAGMA user_version=32;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 63),
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 4000),
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note  TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO setting VALUES('plan_name','Solved by hand',NULL,NULL);
INSERT INTO setting VALUES('discount_rate','0',NULL,NULL);
INSERT INTO setting VALUES('end_value_frac','0',NULL,NULL);
INSERT INTO setting VALUES('tail_days','14',NULL,NULL);
CREATE TABLE site (
    site TEXT NOT NULL PRIMARY KEY CHECK (length(site) BETWEEN 1 AND 63),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),                    -- name shown in reports
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO site VALUES('HOME','The only site',NULL,NULL);
CREATE TABLE line (
    line                  TEXT NOT NULL PRIMARY KEY CHECK (length(line) BETWEEN 1 AND 63),
    site                  TEXT NOT NULL REFERENCES site,                           -- where it stands
    kind                  TEXT NOT NULL CHECK (kind IN ('logic', 'memory', 'packaging', 'external')), -- what it makes
    name                  TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),   -- name shown in reports
    base_load_mw          REAL CHECK (base_load_mw BETWEEN 0 AND 1e+15),           -- MW; power drawn with no tool running; empty: 0
    facility_power_factor REAL CHECK (facility_power_factor BETWEEN 0 AND 1e+15),  -- MW per MW of tools; facility power on top of the tools' own; empty: 1
    floor_m2              REAL CHECK (floor_m2 BETWEEN 0 AND 1e+15),               -- m2; cleanroom floor, empty: no limit
    basis                 TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note                  TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO line VALUES('FAB','HOME','packaging','Fab',0.10000000000000000555,NULL,100.0,NULL,NULL);
INSERT INTO line VALUES('SHOP','HOME','external','Shop',0.0,NULL,NULL,NULL,NULL);
CREATE TABLE calendar (
    period     TEXT NOT NULL PRIMARY KEY CHECK (length(period) BETWEEN 1 AND 63),
    start_date TEXT NOT NULL CHECK (date(start_date, '+0 days') IS start_date),               -- first day
    end_date   TEXT NOT NULL CHECK (date(end_date, '+0 days') IS end_date),                   -- day after the last
    basis      TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note       TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO calendar VALUES('2027-W01','2027-01-04','2027-01-11',NULL,NULL);
INSERT INTO calendar VALUES('2027-W02','2027-01-11','2027-01-18',NULL,NULL);
CREATE TABLE tool_group (
    tool_group      TEXT NOT NULL PRIMARY KEY CHECK (length(tool_group) BETWEEN 1 AND 63),
    line            TEXT NOT NULL REFERENCES line,                                 -- line it stands in
    name            TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),         -- name shown in reports
    area            TEXT CHECK (length(area) BETWEEN 1 AND 4000),                  -- area of the fab
    tools           REAL NOT NULL CHECK (tools BETWEEN 0 AND 1e+15),               -- tools; installed at the start
    availability    REAL NOT NULL CHECK (availability BETWEEN 0 AND 1),            -- fraction; share of time a tool can run
    max_utilisation REAL NOT NULL CHECK (max_utilisation BETWEEN 0 AND 1),         -- fraction; highest planned share of the available time
    power_kw        REAL CHECK (power_kw BETWEEN 0 AND 1e+15),                     -- kW; drawn by one running tool; empty: 0
    price_usd       REAL CHECK (price_usd BETWEEN 0 AND 1e+15),                    -- USD; price of one more tool
    floor_m2        REAL CHECK (floor_m2 BETWEEN -1e+15 AND 1e+15),                -- m2; floor of one tool, negative for a cleanroom shell; empty: 0
    lead_time_days  REAL CHECK (lead_time_days BETWEEN 0 AND 1e+15),               -- days; from order to use; empty: 0
    buyable         INTEGER CHECK (buyable IN (0, 1)),                             -- 1 if the plan may order tools; empty: 0
    removal_usd     REAL CHECK (removal_usd BETWEEN 0 AND 1e+15),                  -- USD; cost of removing one tool, empty: not removable
    life_days       REAL CHECK (life_days > 0 AND life_days <= 1e+15),             -- days; time over which the price is spread; empty: 1826
    supply_mw       REAL CHECK (supply_mw BETWEEN 0 AND 1e+15),                    -- MW; power that each tool adds to the site's limit; empty: 0
    basis           TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note            TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO tool_group VALUES('TESTER','FAB','Tester',NULL,1.0,1.0,1.0,100.0,50.0,2.0,NULL,1,1.0,NULL,NULL,NULL,NULL);
INSERT INTO tool_group VALUES('SPARE','FAB','Spare',NULL,1.0,1.0,1.0,100.0,50.0,2.0,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO tool_group VALUES('OLD','FAB','Old',NULL,2.0,1.0,1.0,0.0,NULL,5.0,NULL,0,0.0,NULL,NULL,NULL,NULL);
CREATE TABLE tool_count (
    tool_group TEXT NOT NULL REFERENCES tool_group,                                -- tool group
    from_date  TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                 -- from this date
    tools      REAL NOT NULL CHECK (tools BETWEEN 0 AND 1e+15),                    -- tools; installed from that date
    basis      TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note       TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (tool_group, from_date)
) STRICT;
CREATE TABLE tool_delivery_limit (
    tool_group TEXT NOT NULL REFERENCES tool_group,                                -- tool group
    from_date  TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                 -- from this date
    to_date    TEXT NOT NULL CHECK (date(to_date, '+0 days') IS to_date),                     -- to before this date
    max_tools  REAL NOT NULL CHECK (max_tools BETWEEN 0 AND 1e+15),                -- tools; deliveries in the window at most
    basis      TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note       TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (tool_group, from_date)
) STRICT;
INSERT INTO tool_delivery_limit VALUES('TESTER','2027-01-04','2027-01-11',1.0,NULL,NULL);
CREATE TABLE route (
    route    TEXT NOT NULL PRIMARY KEY CHECK (length(route) BETWEEN 1 AND 63),
    line     TEXT NOT NULL REFERENCES line,                                        -- line it runs on
    name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),                -- name shown in reports
    lot_size REAL CHECK (lot_size > 0 AND lot_size <= 1e+15),                      -- units; units in a lot; empty: 25
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO route VALUES('R','FAB','One step',NULL,NULL,NULL);
CREATE TABLE route_step (
    route            TEXT NOT NULL REFERENCES route,
    step             INTEGER NOT NULL CHECK (step BETWEEN 0 AND 1e+15),            -- order of the steps
    name             TEXT CHECK (length(name) BETWEEN 1 AND 4000),                 -- name shown in reports
    tool_group       TEXT NOT NULL REFERENCES tool_group,                          -- tool group that does it
    visits           REAL CHECK (visits BETWEEN 0 AND 1e+15),                      -- visits per start; times the step is done; empty: 1
    minutes_per_unit REAL NOT NULL CHECK (minutes_per_unit BETWEEN 0 AND 1e+15),   -- tool minutes per unit; tool time of a visit
    from_frac        REAL CHECK (from_frac BETWEEN 0 AND 1),                       -- fraction; part of the cycle time where the visits begin
    to_frac          REAL CHECK (to_frac BETWEEN 0 AND 1),                         -- fraction; part of the cycle time where they end
    sample_frac      REAL CHECK (sample_frac BETWEEN 0 AND 1),                     -- fraction; share of the units that make the visit; empty: 1
    rework_frac      REAL CHECK (rework_frac BETWEEN 0 AND 0.99),                  -- fraction; share of visits that are repeated; empty: 0
    scrap_frac       REAL CHECK (scrap_frac BETWEEN 0 AND 1),                      -- fraction; share of the units scrapped at the step; empty: 0
    basis            TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note             TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (route, step)
) STRICT;
INSERT INTO route_step VALUES('R',10,NULL,'TESTER',NULL,60.0,0.0,0.0,NULL,NULL,NULL,'planning-model.md: 1 h per start at a point',NULL);
CREATE TABLE tool_alternate (
    tool_group  TEXT NOT NULL REFERENCES tool_group,                               -- tool group whose hours move
    alternate   TEXT NOT NULL REFERENCES tool_group,                               -- tool group that takes them
    route       TEXT REFERENCES route,                                             -- only of this route
    step        INTEGER CHECK (step BETWEEN 0 AND 1e+15),                          -- only of this step of the route
    hours_ratio REAL CHECK (hours_ratio > 0 AND hours_ratio <= 1e+15),             -- hours per hour; hours on the alternate per hour moved; empty: 1
    basis       TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note        TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO tool_alternate VALUES('TESTER','SPARE',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE cycle_time (
    route     TEXT NOT NULL REFERENCES route,
    from_date TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                  -- from this date
    days      REAL NOT NULL CHECK (days BETWEEN 0 AND 1e+15),                      -- days; planned cycle time of starts from that date
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (route, from_date)
) STRICT;
INSERT INTO cycle_time VALUES('R','2027-01-04',3.5,NULL,NULL);
CREATE TABLE item (
    item                  TEXT NOT NULL PRIMARY KEY CHECK (length(item) BETWEEN 1 AND 63),
    kind                  TEXT NOT NULL CHECK (kind IN ('die', 'component', 'chip')), -- what it is
    name                  TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),   -- name shown in reports
    unit_value_usd        REAL CHECK (unit_value_usd BETWEEN 0 AND 1e+15),         -- USD per unit; value in stock; empty: 0
    holding_frac_per_year REAL CHECK (holding_frac_per_year BETWEEN 0 AND 1e+15),  -- fraction per year; cost of holding, of the value; empty: 0.2
    max_stock             REAL CHECK (max_stock BETWEEN 0 AND 1e+15),              -- units; highest stock, empty: no limit
    compute_watts         REAL CHECK (compute_watts BETWEEN 0 AND 1e+15),          -- W; compute power of one unit; empty: 0
    basis                 TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note                  TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO item VALUES('CHIP','chip','The only chip',0.0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO item VALUES('TWIN','chip','As good',1.0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE stock (
    item    TEXT NOT NULL PRIMARY KEY REFERENCES item,
    on_hand REAL NOT NULL CHECK (on_hand BETWEEN 0 AND 1e+15),                     -- units; stock at the start
    basis   TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note    TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO stock VALUES('TWIN',5.0,NULL,NULL);
CREATE TABLE bom (
    item      TEXT NOT NULL REFERENCES item,                                       -- what is made
    component TEXT NOT NULL REFERENCES item,                                       -- what goes in
    quantity  REAL NOT NULL CHECK (quantity > 0 AND quantity <= 1e+15),            -- units per unit; components in one unit
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (item, component)
) STRICT;
CREATE TABLE substitute (
    item         TEXT NOT NULL REFERENCES item,                                    -- item that serves
    instead_of   TEXT NOT NULL REFERENCES item,                                    -- item it serves as
    usd_per_unit REAL CHECK (usd_per_unit BETWEEN 0 AND 1e+15),                    -- USD per unit; cost of the change; empty: 0
    basis        TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note         TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (item, instead_of)
) STRICT;
INSERT INTO substitute VALUES('TWIN','CHIP',1.0,NULL,NULL);
CREATE TABLE process (
    process            TEXT NOT NULL PRIMARY KEY CHECK (length(process) BETWEEN 1 AND 63),
    model              TEXT NOT NULL CHECK (model IN ('poisson', 'murphy', 'seeds', 'bose_einstein', 'negative_binomial')), -- defect yield model
    alpha              REAL CHECK (alpha > 0 AND alpha <= 1e+15),                  -- clustering, of negative_binomial
    critical_layers    REAL CHECK (critical_layers > 0 AND critical_layers <= 1000), -- layers; of bose_einstein
    d0_start_per_cm2   REAL NOT NULL CHECK (d0_start_per_cm2 BETWEEN 0 AND 1e+15), -- defects per cm2; at learning_start (per layer for bose_einstein, else full process)
    d0_mature_per_cm2  REAL NOT NULL CHECK (d0_mature_per_cm2 BETWEEN 0 AND 1e+15), -- defects per cm2; after long learning
    learning_start     TEXT NOT NULL CHECK (date(learning_start, '+0 days') IS learning_start), -- day learning begins
    halflife_days      REAL NOT NULL CHECK (halflife_days > 0 AND halflife_days <= 1e+15), -- days; half-life of learning
    systematic_yield   REAL CHECK (systematic_yield BETWEEN 0 AND 1),              -- fraction; yield without random defects; empty: 1
    line_yield_start   REAL CHECK (line_yield_start BETWEEN 0 AND 1),              -- fraction; wafers out per wafer in, at learning_start; empty: 1
    line_yield_mature  REAL CHECK (line_yield_mature BETWEEN 0 AND 1),             -- fraction; wafers out per wafer in, after long learning; empty: 1
    line_halflife_days REAL CHECK (line_halflife_days > 0 AND line_halflife_days <= 1e+15), -- days; half-life of line yield, empty: halflife_days
    basis              TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note               TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
CREATE TABLE die (
    item               TEXT NOT NULL PRIMARY KEY REFERENCES item,                  -- the die before binning
    width_mm           REAL CHECK (width_mm > 0 AND width_mm <= 450),              -- mm; finished die
    height_mm          REAL CHECK (height_mm > 0 AND height_mm <= 450),            -- mm; finished die
    scribe_mm          REAL CHECK (scribe_mm BETWEEN 0 AND 10),                    -- mm; street between dies; empty: 0.1
    edge_mm            REAL CHECK (edge_mm BETWEEN 0 AND 100),                     -- mm; edge exclusion; empty: 3
    wafer_mm           REAL CHECK (wafer_mm > 0 AND wafer_mm <= 450),              -- mm; wafer diameter; empty: 300
    critical_area_cm2  REAL CHECK (critical_area_cm2 BETWEEN 0 AND 1e+15),         -- cm2; empty: width x height
    repairable_defects REAL CHECK (repairable_defects BETWEEN 0 AND 1000),         -- defects; that repair removes; empty: 0
    gross_die          REAL CHECK (gross_die > 0 AND gross_die <= 1e+15),          -- die per wafer; empty: from the geometry
    basis              TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note               TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
CREATE TABLE source_cost (
    source        TEXT NOT NULL REFERENCES source,
    from_date     TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),              -- from this date
    usd_per_start REAL NOT NULL CHECK (usd_per_start BETWEEN 0 AND 1e+15),         -- USD per start; cost of a start
    basis         TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note          TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (source, from_date)
) STRICT;
INSERT INTO source_cost VALUES('CHIP@R','2027-01-04',10.0,NULL,NULL);
CREATE TABLE source_limit (
    source                  TEXT NOT NULL REFERENCES source,
    from_date               TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),    -- from this date
    to_date                 TEXT NOT NULL CHECK (date(to_date, '+0 days') IS to_date),        -- to before this date
    min_starts_per_week     REAL CHECK (min_starts_per_week BETWEEN 0 AND 1e+15),  -- starts per week; promised minimum; empty: 0
    max_starts_per_week     REAL CHECK (max_starts_per_week BETWEEN 0 AND 1e+15),  -- starts per week; empty: no limit
    shortfall_usd_per_start REAL CHECK (shortfall_usd_per_start BETWEEN 0 AND 1e+15), -- USD per start; penalty, empty: 10 x the start's cost, 0: free to break
    basis                   TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note                    TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (source, from_date)
) STRICT;
INSERT INTO source_limit VALUES('CHIP@R','2027-01-04','2027-01-18',900.0,1000.0,1.0,NULL,NULL);
CREATE TABLE source_output (
    source TEXT NOT NULL REFERENCES source,
    item   TEXT NOT NULL REFERENCES item,                                          -- item that comes out
    share  REAL NOT NULL CHECK (share BETWEEN 0 AND 1),                            -- fraction; of the good units
    basis  TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note   TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (source, item)
) STRICT;
CREATE TABLE source_yield (
    source     TEXT NOT NULL REFERENCES source,
    from_date  TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                 -- from this date
    line_yield REAL NOT NULL CHECK (line_yield BETWEEN 0 AND 1),                   -- fraction; starts that come out
    unit_yield REAL NOT NULL CHECK (unit_yield BETWEEN 0 AND 1),                   -- fraction; good units of those
    basis      TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note       TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (source, from_date)
) STRICT;
INSERT INTO source_yield VALUES('CHIP@R','2027-01-04',0.5,1.0,NULL,NULL);
CREATE TABLE demand (
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
    basis             TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note              TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO demand VALUES('D1','BUYER','CHIP','2027-01-04',100.0,100.0,NULL,NULL,0.0,NULL,NULL,NULL,NULL);
INSERT INTO demand VALUES('D2','BUYER','CHIP','2027-01-11',100.0,100.0,NULL,NULL,0.0,NULL,NULL,NULL,NULL);
INSERT INTO demand VALUES('D3','NEXT','CHIP','2027-01-11',300.0,90.0,NULL,NULL,0.0,NULL,NULL,NULL,NULL);
CREATE TABLE shipment_limit (
    customer     TEXT NOT NULL REFERENCES customer,
    item         TEXT NOT NULL REFERENCES item,
    from_date    TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),               -- from this date
    to_date      TEXT NOT NULL CHECK (date(to_date, '+0 days') IS to_date),                   -- to before this date
    max_per_week REAL NOT NULL CHECK (max_per_week BETWEEN 0 AND 1e+15),           -- units per week; that the customer can take
    basis        TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note         TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (customer, item, from_date)
) STRICT;
INSERT INTO shipment_limit VALUES('BUYER','CHIP','2027-01-04','2027-01-18',90.0,NULL,NULL);
CREATE TABLE power_limit (
    site        TEXT NOT NULL REFERENCES site,
    from_date   TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                -- from this date
    mw          REAL NOT NULL CHECK (mw BETWEEN 0 AND 1e+15),                      -- MW; average power at most
    usd_per_mwh REAL CHECK (usd_per_mwh BETWEEN 0 AND 1e+15),                      -- USD per MWh; price of energy; empty: 0
    basis       TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note        TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (site, from_date)
) STRICT;
INSERT INTO power_limit VALUES('HOME','2027-01-04',5.0,40.0,NULL,NULL);
CREATE TABLE capex_budget (
    from_date TEXT NOT NULL PRIMARY KEY CHECK (date(from_date, '+0 days') IS from_date),      -- day it becomes available
    usd       REAL NOT NULL CHECK (usd BETWEEN 0 AND 1e+15),                       -- USD; amount added to the budget
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO capex_budget VALUES('2027-01-04',60.0,NULL,NULL);
CREATE TABLE lot (
    lot        TEXT NOT NULL PRIMARY KEY CHECK (length(lot) BETWEEN 1 AND 63),
    source     TEXT NOT NULL REFERENCES source,                                    -- source it was started on
    customer   TEXT REFERENCES customer,                                           -- customer it is meant for
    priority   INTEGER CHECK (priority BETWEEN 0 AND 2000000000),                  -- larger is hotter; empty: 10
    start_time TEXT NOT NULL CHECK (start_time GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]'), -- start
    due_time   TEXT CHECK (due_time GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]'), -- due
    wafers     REAL NOT NULL CHECK (wafers BETWEEN 0 AND 1e+15),                   -- wafers; now
    parent_lot TEXT CHECK (length(parent_lot) BETWEEN 1 AND 4000),                 -- lot it was split from
    progress   REAL CHECK (progress BETWEEN 0 AND 1),                              -- fraction; part of the cycle time done
    status     TEXT NOT NULL CHECK (status = 'active' OR status = 'held' OR status = 'done' OR status = 'scrapped'), -- state
    basis      TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note       TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO lot VALUES('L1','CHIP@R',NULL,NULL,'2027-01-01T00:00:00',NULL,20.0,NULL,0.5,'active',NULL,NULL);
CREATE TABLE wafer (
    wafer TEXT NOT NULL PRIMARY KEY CHECK (length(wafer) BETWEEN 1 AND 63),
    lot   TEXT NOT NULL REFERENCES lot,                                            -- lot it lies in
    slot  INTEGER CHECK (slot BETWEEN 0 AND 2000000000),                           -- place in the carrier
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note  TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
CREATE TABLE lot_event (
    lot           TEXT NOT NULL REFERENCES lot,
    seq           INTEGER NOT NULL CHECK (seq BETWEEN 0 AND 2000000000),           -- order of the lot's events
    time          TEXT NOT NULL CHECK (time GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]'), -- when
    event         TEXT NOT NULL CHECK (event = 'start' OR event = 'move_in' OR event = 'move_out' OR event = 'split'
                  OR event = 'merge' OR event = 'hold' OR event = 'release' OR event = 'scrap'
                  OR event = 'rework' OR event = 'ship'), -- what happened
    step          INTEGER CHECK (step BETWEEN 0 AND 2000000000),                   -- step of the route
    tool          TEXT CHECK (length(tool) BETWEEN 1 AND 4000),
    wafers_before REAL NOT NULL CHECK (wafers_before BETWEEN 0 AND 1e+15),         -- wafers; before the event
    wafers_after  REAL NOT NULL CHECK (wafers_after BETWEEN 0 AND 1e+15),          -- wafers; after the event
    reason        TEXT CHECK (length(reason) BETWEEN 1 AND 4000),                  -- reason of a hold, scrap or rework
    basis         TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note          TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (lot, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE bin (
    item     TEXT NOT NULL REFERENCES item,                                        -- the die before binning
    bin      INTEGER NOT NULL CHECK (bin BETWEEN 0 AND 2000000000),                -- bin number
    name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),                -- name shown in reports
    good     INTEGER NOT NULL CHECK (good IN (0, 1)),                              -- 1 if the die is good
    sells_as TEXT REFERENCES item,                                                 -- item that the bin becomes
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (item, bin)
) STRICT, WITHOUT ROWID;
CREATE TABLE wafer_test (
    wafer  TEXT NOT NULL REFERENCES wafer,
    stage  TEXT NOT NULL CHECK (stage IN ('sort', 'final')),                       -- test stage
    run    INTEGER NOT NULL CHECK (run BETWEEN 1 AND 2000000000),                  -- 1, 2 is a retest
    time   TEXT NOT NULL CHECK (time GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]'), -- when
    tested INTEGER NOT NULL CHECK (tested BETWEEN 0 AND 2000000000),
    good   INTEGER NOT NULL CHECK (good BETWEEN 0 AND 2000000000),
    basis  TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note   TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (wafer, stage, run)
) STRICT, WITHOUT ROWID;
CREATE TABLE wafer_bin (
    wafer TEXT NOT NULL REFERENCES wafer,
    stage TEXT NOT NULL CHECK (stage IN ('sort', 'final')),                        -- test stage
    run   INTEGER NOT NULL CHECK (run BETWEEN 1 AND 2000000000),                   -- run of the test
    bin   INTEGER NOT NULL CHECK (bin BETWEEN 0 AND 2000000000),                   -- bin number
    count INTEGER NOT NULL CHECK (count BETWEEN 0 AND 2000000000),                 -- die; in the bin
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note  TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (wafer, stage, run, bin)
) STRICT, WITHOUT ROWID;
CREATE TABLE die_map (
    wafer TEXT NOT NULL REFERENCES wafer,
    stage TEXT NOT NULL CHECK (stage IN ('sort', 'final')),                        -- test stage
    run   INTEGER NOT NULL CHECK (run BETWEEN 1 AND 2000000000),                   -- run of the test
    map   TEXT NOT NULL CHECK (length(map) BETWEEN 1 AND 4000),                    -- one character per die, rows separated by /, . = no die
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note  TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (wafer, stage, run)
) STRICT;
CREATE TABLE tool_event (
    tool       TEXT NOT NULL CHECK (length(tool) BETWEEN 1 AND 4000),
    tool_group TEXT NOT NULL REFERENCES tool_group,                                -- tool group
    time       TEXT NOT NULL CHECK (time GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]'), -- from when
    state      TEXT NOT NULL CHECK (state = 'productive' OR state = 'standby' OR state = 'engineering' OR state = 'scheduled_down'
                  OR state = 'unscheduled_down' OR state = 'nonscheduled'), -- SEMI E10 state
    basis      TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note       TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (tool, time)
) STRICT, WITHOUT ROWID;
CREATE TABLE input_seal (
    seal          INTEGER PRIMARY KEY CHECK (seal = 1),                         -- one row
    inputs_sha256 TEXT NOT NULL CHECK (length(inputs_sha256) = 64)
) STRICT;
INSERT INTO input_seal VALUES(1,'6e39d1160252dbc9bf3816f7c70f986477e0aef6e134c2b1273f2d5b5c91fcaf');
CREATE TABLE plan (
    plan                  INTEGER PRIMARY KEY,
    name                  TEXT NOT NULL,
    plan_name             TEXT NOT NULL,               -- setting plan_name
    currency              TEXT NOT NULL,               -- setting currency
    policy                TEXT NOT NULL,
    status                TEXT NOT NULL CHECK (status IN ('optimal', 'limit')),
    objective_usd         REAL NOT NULL,
    bound_usd             REAL NOT NULL,               -- nothing better exists: weak duality in exact arithmetic
    gap                   REAL NOT NULL,
    row_residual          REAL NOT NULL,               -- largest violation of a row, relative, exact arithmetic
    check_result          TEXT NOT NULL CHECK (check_result = 'verified'),
    model_rows            INTEGER NOT NULL,
    model_columns         INTEGER NOT NULL,
    model_nonzeros        INTEGER NOT NULL,
    iterations            INTEGER NOT NULL,
    seconds_load          REAL NOT NULL,
    seconds_build         REAL NOT NULL,
    seconds_solve         REAL NOT NULL,
    seconds_check         REAL NOT NULL,
    seconds_store         REAL NOT NULL,
    created_utc           TEXT NOT NULL,
    inputs_sha256         TEXT NOT NULL CHECK (length(inputs_sha256) = 64),
    options               TEXT NOT NULL,               -- what was asked for, as JSON
    versions              TEXT NOT NULL,               -- fabplan, GLPK, GMP, SQLite
    discount_rate         REAL NOT NULL,               -- per year
    end_value_frac        REAL NOT NULL,
    horizon_start         TEXT NOT NULL,
    horizon_end           TEXT NOT NULL,               -- exclusive
    -- totals, discounted; with these signs they sum to objective_usd
    revenue_usd           REAL NOT NULL,
    cost_usd              REAL NOT NULL,
    shortage_usd          REAL NOT NULL,
    late_usd              REAL NOT NULL,
    commitment_usd        REAL NOT NULL,
    shortfall_usd         REAL NOT NULL,
    substitution_usd      REAL NOT NULL,
    holding_usd           REAL NOT NULL,
    power_usd             REAL NOT NULL,
    capex_usd             REAL NOT NULL,
    removal_usd           REAL NOT NULL,
    end_value_usd         REAL NOT NULL,
    profit_usd            REAL NOT NULL                -- before penalties and end value
, restlessness REAL, simulated INTEGER CHECK (simulated IN (0, 1)), input_sha256 TEXT REFERENCES plan_input, yields TEXT, measured TEXT, tail_usd REAL NOT NULL DEFAULT 0, policy_price_usd REAL NOT NULL DEFAULT 0, calm_usd REAL NOT NULL DEFAULT 0, policy_usd REAL NOT NULL DEFAULT 0, whole_tools INTEGER NOT NULL DEFAULT 0 CHECK (whole_tools IN (0, 1)), change_usd REAL NOT NULL DEFAULT 0, fixed_usd REAL NOT NULL DEFAULT 0) STRICT;
INSERT INTO "plan" VALUES(1,'Solved by hand','Solved by hand','USD','profit','optimal',9240.0,9240.0,0.0,0.0,'verified',6,10,16,2,0.054067195989773608744,8.4886007243767380714e-05,0.0006309290038188919425,3.2130046747624874114e-06,0.0049893130053533241152,'2026-11-30T12:17:09Z','ee853c2dd97f9d0f7de4d2f9962327d801f1ae3811649c3c308805ada909a3a2','{"policy": "profit"}','fabplan 0.1.0, GLPK 5.0, GMP 6.2.1, SQLite 3.40.1',0.0,0.0,'2027-01-04','2027-01-18',12600.0,-3360.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,9240.0,0.0,0,'ab350a0c1a890aadc775b77e46be76b05eaa05fab7a853bf56f7ed1a03109276','plan',NULL,0.0,0.0,0.0,0.0,0,0.0,0.0);
INSERT INTO "plan" VALUES(2,'Solved by hand','Solved by hand','USD','profit','optimal',16481.71049748299265,16481.710497483076324,5.0767493201562792944e-15,6.3159354289786683129e-17,'verified',62,60,180,29,0.060191359996679238975,0.00018843900761567056179,0.0010732129885582253336,2.4745997507125139236e-05,0.0062740319990552961826,'2026-11-30T12:17:09Z','6e39d1160252dbc9bf3816f7c70f986477e0aef6e134c2b1273f2d5b5c91fcaf','{"policy": "profit", "wip": {"lots": 1, "sha256": "a1f7a4d5f06cd008cbdd447df751463e56d08cea519af31c4697ab0f0ec6b36b"}}','fabplan 0.1.0, GLPK 5.0, GMP 6.2.1, SQLite 3.40.1',0.0,0.0,'2027-01-04','2027-01-18',38298.79220613578218,-10416.0,0.0,0.0,-18000.0,-758.39999999999997727,-5.0,0.0,-5510.4000000000005455,-0.42168674698795183264,0.0,0.0,22366.970519388793036,0.032258064516129059118,0,'169586913ede452a7ed5509d6edcffce6201644a8a85920ba0069c01a9cdfcce','plan',NULL,12873.139978094197431,0.0,0.0,0.0,0,0.0,0.0);
CREATE TABLE plan_period (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    period                TEXT NOT NULL,
    number                INTEGER NOT NULL,            -- 1, 2, ... in time
    start_date            TEXT NOT NULL,
    end_date              TEXT NOT NULL,               -- exclusive
    days                  REAL NOT NULL,
    discount              REAL NOT NULL,               -- factor of money of the period's start
    PRIMARY KEY (plan, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_period VALUES(1,'2027-W01',1,'2027-01-04','2027-01-11',7.0,1.0);
INSERT INTO plan_period VALUES(1,'2027-W02',2,'2027-01-11','2027-01-18',7.0,1.0);
INSERT INTO plan_period VALUES(2,'2027-W01',1,'2027-01-04','2027-01-11',7.0,1.0);
INSERT INTO plan_period VALUES(2,'2027-W02',2,'2027-01-11','2027-01-18',7.0,1.0);
CREATE TABLE plan_start (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    source                TEXT NOT NULL,
    period                TEXT NOT NULL,
    starts                REAL NOT NULL,               -- wafers or units
    starts_per_week       REAL NOT NULL,
    usd_per_start         REAL NOT NULL,
    gross_units_per_start REAL NOT NULL,
    line_yield            REAL NOT NULL,               -- fraction of the starts that come out
    unit_yield            REAL NOT NULL,               -- good units of the gross units that come out
    good_units            REAL NOT NULL,               -- that these starts will give, whenever they arrive
    arriving_share        REAL NOT NULL,               -- share of them that arrives before the horizon's end
    lead_days             REAL NOT NULL,
    cost_usd              REAL NOT NULL,
    min_starts            REAL,                        -- of the source limit
    max_starts            REAL,
    starts_missing        REAL NOT NULL,               -- below the minimum
    shortfall_usd         REAL NOT NULL,               -- penalty paid for them
    usd_per_more_start    REAL NOT NULL, fixed_usd REAL NOT NULL DEFAULT 0,               -- value of raising the maximum by one start; below 0: loss per start if one were forced
    PRIMARY KEY (plan, source, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_start VALUES(1,'CHIP@R','2027-W01',168.0,168.0,10.0,1.0,0.5,1.0,84.0,1.0,3.5,1680.0,NULL,NULL,0.0,0.0,0.0,0.0);
INSERT INTO plan_start VALUES(1,'CHIP@R','2027-W02',168.0,168.0,10.0,1.0,0.5,1.0,84.0,0.5,3.5,1680.0,NULL,NULL,0.0,0.0,0.0,0.0);
INSERT INTO plan_start VALUES(2,'CHIP@R','2027-W01',504.0,504.0,10.0,1.0,0.5,1.0,252.0,1.0,3.5,5040.0,900.0,1000.0,396.0,396.0,0.0,0.0);
INSERT INTO plan_start VALUES(2,'CHIP@R','2027-W02',537.60000000000002272,537.60000000000002272,10.0,1.0,0.5,1.0,268.80000000000001136,1.0,3.5,5376.0,900.0,1000.0,362.39999999999997727,362.39999999999997727,0.0,0.0);
CREATE TABLE plan_line (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    line                  TEXT NOT NULL,
    period                TEXT NOT NULL,
    starts                REAL NOT NULL,
    starts_per_week       REAL NOT NULL,
    max_starts_per_week   REAL,
    max_ramp_per_week     REAL,
    usd_per_start_per_week REAL NOT NULL,              -- value of one more start a week of the line's limit
    usd_per_ramp          REAL NOT NULL,               -- value of one more start a week of ramp in this period
    floor_m2              REAL,                        -- limit, with shells bought
    floor_used_m2         REAL NOT NULL,               -- by tools, shells counted on the other side
    usd_per_m2            REAL NOT NULL, max_drop_per_week REAL, usd_per_drop REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (plan, line, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_line VALUES(1,'FAB','2027-W01',168.0,168.0,NULL,NULL,0.0,0.0,NULL,0.0,0.0,NULL,0.0);
INSERT INTO plan_line VALUES(1,'FAB','2027-W02',168.0,168.0,NULL,NULL,0.0,0.0,NULL,0.0,0.0,NULL,0.0);
INSERT INTO plan_line VALUES(2,'FAB','2027-W01',504.0,504.0,NULL,NULL,0.0,0.0,100.0,16.0,0.0,NULL,0.0);
INSERT INTO plan_line VALUES(2,'FAB','2027-W02',537.60000000000002272,537.60000000000002272,NULL,NULL,0.0,0.0,100.0,16.399999999999998578,0.0,NULL,0.0);
INSERT INTO plan_line VALUES(2,'SHOP','2027-W01',0.0,0.0,NULL,NULL,0.0,0.0,NULL,0.0,0.0,NULL,0.0);
INSERT INTO plan_line VALUES(2,'SHOP','2027-W02',0.0,0.0,NULL,NULL,0.0,0.0,NULL,0.0,0.0,NULL,0.0);
CREATE TABLE plan_shipment (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    demand                TEXT NOT NULL,
    period                TEXT NOT NULL,               -- of the shipment
    customer              TEXT NOT NULL,
    item                  TEXT NOT NULL,
    quantity              REAL NOT NULL,
    price_usd             REAL NOT NULL,
    late_weeks            REAL NOT NULL,
    revenue_usd           REAL NOT NULL,
    late_usd              REAL NOT NULL,
    PRIMARY KEY (plan, demand, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_shipment VALUES(1,'D1','2027-W01','BUYER','CHIP',42.0,100.0,0.0,4200.0,0.0);
INSERT INTO plan_shipment VALUES(1,'D2','2027-W02','BUYER','CHIP',84.0,100.0,0.0,8400.0,0.0);
INSERT INTO plan_shipment VALUES(2,'D1','2027-W01','BUYER','CHIP',90.0,100.0,0.0,9000.0,0.0);
INSERT INTO plan_shipment VALUES(2,'D2','2027-W02','BUYER','CHIP',90.0,100.0,0.0,9000.0,0.0);
INSERT INTO plan_shipment VALUES(2,'D3','2027-W02','NEXT','CHIP',225.54213562373095669,90.0,0.0,20298.792206135785817,0.0);
CREATE TABLE plan_stock (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    item                  TEXT NOT NULL,
    period                TEXT NOT NULL,
    opening               REAL NOT NULL,
    made                  REAL NOT NULL,               -- arrivals from sources with a route
    bought                REAL NOT NULL,               -- arrivals from sources without one
    received              REAL NOT NULL,               -- open orders
    wip                   REAL NOT NULL,               -- arrivals of starting WIP
    substituted_in        REAL NOT NULL,               -- other items used as this one
    substituted_out       REAL NOT NULL,               -- this item used as others
    consumed              REAL NOT NULL,               -- into other items
    shipped               REAL NOT NULL,
    discarded             REAL NOT NULL,
    closing               REAL NOT NULL,
    unit_value_usd        REAL NOT NULL,
    holding_usd           REAL NOT NULL,
    substitution_usd      REAL NOT NULL,               -- paid for substituted_in
    usd_per_unit          REAL NOT NULL,               -- value of one more unit
    PRIMARY KEY (plan, item, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_stock VALUES(1,'CHIP','2027-W01',0.0,42.0,0.0,0.0,0.0,0.0,0.0,0.0,42.0,0.0,0.0,0.0,0.0,0.0,100.0);
INSERT INTO plan_stock VALUES(1,'CHIP','2027-W02',0.0,84.0,0.0,0.0,0.0,0.0,0.0,0.0,84.0,0.0,0.0,0.0,0.0,0.0,100.0);
INSERT INTO plan_stock VALUES(2,'CHIP','2027-W01',0.0,126.0,0.0,0.0,14.14213562373095101,5.0,0.0,0.0,90.0,0.0,55.142135623730951011,0.0,0.0,5.0,90.0);
INSERT INTO plan_stock VALUES(2,'CHIP','2027-W02',55.142135623730951011,260.39999999999997725,0.0,0.0,0.0,0.0,0.0,0.0,315.54213562373092827,0.0,0.0,0.0,0.0,0.0,89.999999999999957369);
INSERT INTO plan_stock VALUES(2,'TWIN','2027-W01',5.0,0.0,0.0,0.0,0.0,0.0,5.0,0.0,0.0,0.0,0.0,1.0,0.0,0.0,88.999999999999957365);
INSERT INTO plan_stock VALUES(2,'TWIN','2027-W02',0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0,0.0,0.0,89.0);
CREATE TABLE plan_capacity (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    tool_group            TEXT NOT NULL,
    period                TEXT NOT NULL,
    tools                 REAL NOT NULL,               -- installed and bought, less removed
    available_hours       REAL NOT NULL,               -- 24 d availability max_utilisation tools
    load_hours            REAL NOT NULL,               -- of the group's own steps and lots
    moved_out_hours       REAL NOT NULL,               -- done on alternates
    moved_in_hours        REAL NOT NULL,               -- of other groups, in hours here
    used_hours            REAL NOT NULL,               -- load - out + in
    utilisation           REAL NOT NULL,               -- used / available, 0 with no hours available
    usd_per_hour          REAL NOT NULL,               -- value of one more hour
    usd_per_tool          REAL NOT NULL, max_utilisation REAL,               -- value of one more tool in the period
    PRIMARY KEY (plan, tool_group, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_capacity VALUES(1,'TESTER','2027-W01',1.0,168.0,168.0,0.0,0.0,168.0,1.0,40.0,6720.0,1.0);
INSERT INTO plan_capacity VALUES(1,'TESTER','2027-W02',1.0,168.0,168.0,0.0,0.0,168.0,1.0,15.0,2520.0,1.0);
INSERT INTO plan_capacity VALUES(2,'OLD','2027-W01',2.0,336.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0);
INSERT INTO plan_capacity VALUES(2,'OLD','2027-W02',2.0,336.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0);
INSERT INTO plan_capacity VALUES(2,'SPARE','2027-W01',1.0,168.0,0.0,0.0,168.0,168.0,1.0,31.999999999999982236,5375.9999999999972713,1.0);
INSERT INTO plan_capacity VALUES(2,'SPARE','2027-W02',1.0,168.0,0.0,0.0,168.0,168.0,1.0,22.499999999999982236,3779.9999999999968167,1.0);
INSERT INTO plan_capacity VALUES(2,'TESTER','2027-W01',2.0,336.0,504.0,168.0,0.0,336.0,1.0,31.999999999999968025,5375.999999999994543,1.0);
INSERT INTO plan_capacity VALUES(2,'TESTER','2027-W02',2.2000000000000001776,369.60000000000002274,537.60000000000002272,168.0,0.0,369.60000000000002274,1.0,22.499999999999971578,3779.9999999999954526,1.0);
CREATE TABLE plan_offload (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    tool_group            TEXT NOT NULL,
    alternate             TEXT NOT NULL,
    route                 TEXT NOT NULL,               -- '' every route
    step                  INTEGER NOT NULL,            -- -1 every step
    period                TEXT NOT NULL,
    hours                 REAL NOT NULL,               -- of tool_group
    alternate_hours       REAL NOT NULL,
    PRIMARY KEY (plan, tool_group, alternate, route, step, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_offload VALUES(2,'TESTER','SPARE','',-1,'2027-W01',168.0,168.0);
INSERT INTO plan_offload VALUES(2,'TESTER','SPARE','',-1,'2027-W02',168.0,168.0);
CREATE TABLE plan_purchase (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    tool_group            TEXT NOT NULL,
    period                TEXT NOT NULL,               -- of the order or removal
    event                 TEXT NOT NULL CHECK (event IN ('order', 'removal')),
    tools                 REAL NOT NULL,
    usd_per_tool          REAL NOT NULL,
    usd                   REAL NOT NULL,               -- paid
    delivery_date         TEXT NOT NULL,
    charged_usd           REAL NOT NULL,               -- part of the price that the horizon bears (objective)
    PRIMARY KEY (plan, tool_group, period, event)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_purchase VALUES(2,'TESTER','2027-W01','order',1.0,50.0,50.0,'2027-01-04',0.38335158817086528726);
INSERT INTO plan_purchase VALUES(2,'TESTER','2027-W02','order',0.2000000000000000111,50.0,10.0,'2027-01-11',0.038335158817086524563);
CREATE TABLE plan_delivery (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    tool_group            TEXT NOT NULL,
    from_date             TEXT NOT NULL,
    to_date               TEXT NOT NULL,
    tools                 REAL NOT NULL,
    max_tools             REAL NOT NULL,
    usd_per_tool          REAL NOT NULL,               -- value of one more delivery in the window
    PRIMARY KEY (plan, tool_group, from_date)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_delivery VALUES(2,'TESTER','2027-01-04','2027-01-11',1.0,1.0,5375.8083242059019539);
CREATE TABLE plan_budget (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    period                TEXT NOT NULL,
    budget_usd            REAL,                        -- cumulative, NULL: no limit
    spent_usd             REAL NOT NULL,               -- cumulative price of the tools ordered
    usd_per_usd           REAL NOT NULL,               -- value of one more dollar
    PRIMARY KEY (plan, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_budget VALUES(1,'2027-W01',NULL,0.0,0.0);
INSERT INTO plan_budget VALUES(1,'2027-W02',NULL,0.0,0.0);
INSERT INTO plan_budget VALUES(2,'2027-W01',60.0,50.0,0.0);
INSERT INTO plan_budget VALUES(2,'2027-W02',60.0,60.0,119.26849945235477435);
CREATE TABLE plan_power (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    site                  TEXT NOT NULL,
    period                TEXT NOT NULL,
    limit_mw              REAL NOT NULL,
    supply_mw             REAL NOT NULL,               -- added by tools
    base_mw               REAL NOT NULL,
    tools_mw              REAL NOT NULL,               -- with the facility factor
    used_mw               REAL NOT NULL,
    energy_mwh            REAL NOT NULL,
    usd_per_mwh           REAL NOT NULL,
    power_usd             REAL NOT NULL,
    usd_per_mw            REAL NOT NULL,               -- value of one more MW
    PRIMARY KEY (plan, site, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_power VALUES(2,'HOME','2027-W01',5.0,0.0,0.10000000000000000555,0.3000000000000000444,0.4000000000000000222,67.200000000000002843,40.0,2688.0,0.0);
INSERT INTO plan_power VALUES(2,'HOME','2027-W02',5.0,0.0,0.10000000000000000555,0.32000000000000006217,0.42000000000000003996,70.560000000000002275,40.0,2822.400000000000091,0.0);
CREATE TABLE plan_substitution (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    item                  TEXT NOT NULL,
    instead_of            TEXT NOT NULL,
    period                TEXT NOT NULL,
    quantity              REAL NOT NULL,
    usd                   REAL NOT NULL,
    PRIMARY KEY (plan, item, instead_of, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_substitution VALUES(2,'TWIN','CHIP','2027-W01',5.0,5.0);
CREATE TABLE plan_shipment_limit (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    customer              TEXT NOT NULL,
    item                  TEXT NOT NULL,
    period                TEXT NOT NULL,
    max_quantity          REAL NOT NULL,
    shipped               REAL NOT NULL,
    usd_per_unit          REAL NOT NULL,               -- value of one more unit that the customer can take
    PRIMARY KEY (plan, customer, item, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_shipment_limit VALUES(2,'BUYER','CHIP','2027-W01',90.0,90.0,1009.9999999999990904);
INSERT INTO plan_shipment_limit VALUES(2,'BUYER','CHIP','2027-W02',90.0,90.0,1009.9999999999990904);
CREATE TABLE plan_promise (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    kind                  TEXT NOT NULL CHECK (kind IN ('min_fill', 'min_starts')),
    key                   TEXT NOT NULL,               -- demand or source
    period                TEXT NOT NULL,
    promised              REAL NOT NULL,
    kept                  REAL NOT NULL,
    missing               REAL NOT NULL,
    penalty_usd           REAL NOT NULL,
    PRIMARY KEY (plan, kind, key, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_promise VALUES(2,'min_fill','D1','2027-W01',99.0,90.0,9.0,9000.0);
INSERT INTO plan_promise VALUES(2,'min_fill','D2','2027-W02',99.0,90.0,9.0,9000.0);
INSERT INTO plan_promise VALUES(2,'min_starts','CHIP@R','2027-W01',900.0,504.0,396.0,396.0);
INSERT INTO plan_promise VALUES(2,'min_starts','CHIP@R','2027-W02',900.0,537.60000000000002272,362.39999999999997727,362.39999999999997727);
CREATE TABLE plan_column (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,
    value                 REAL NOT NULL, family TEXT, key TEXT, period TEXT,
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_column VALUES(1,0,168.0,'x','CHIP@R','2027-W01');
INSERT INTO plan_column VALUES(1,1,168.0,'x','CHIP@R','2027-W02');
INSERT INTO plan_column VALUES(1,6,42.0,'y','D1','2027-W01');
INSERT INTO plan_column VALUES(1,7,58.0,'short','D1',NULL);
INSERT INTO plan_column VALUES(1,8,84.0,'y','D2','2027-W02');
INSERT INTO plan_column VALUES(1,9,16.0,'short','D2',NULL);
INSERT INTO plan_column VALUES(2,0,504.0,'x','CHIP@R','2027-W01');
INSERT INTO plan_column VALUES(2,1,537.60000000000002272,'x','CHIP@R','2027-W02');
INSERT INTO plan_column VALUES(2,2,537.60000000000002272,'x','CHIP@R','tail+1');
INSERT INTO plan_column VALUES(2,3,307.19999999999998863,'x','CHIP@R','tail+2');
INSERT INTO plan_column VALUES(2,4,20.0,'go','CHIP@R,0.5',NULL);
INSERT INTO plan_column VALUES(2,10,396.0,'lackmin','CHIP@R','2027-W01');
INSERT INTO plan_column VALUES(2,11,362.39999999999997727,'lackmin','CHIP@R','2027-W02');
INSERT INTO plan_column VALUES(2,12,362.39999999999997727,'lackmin','CHIP@R','tail+1');
INSERT INTO plan_column VALUES(2,13,592.79999999999995453,'lackmin','CHIP@R','tail+2');
INSERT INTO plan_column VALUES(2,14,55.142135623730951011,'I','CHIP','2027-W01');
INSERT INTO plan_column VALUES(2,18,178.80000000000001136,'I','CHIP','tail+1');
INSERT INTO plan_column VALUES(2,30,5.0,'m','TWIN>CHIP','2027-W01');
INSERT INTO plan_column VALUES(2,34,90.0,'y','D1','2027-W01');
INSERT INTO plan_column VALUES(2,35,10.0,'short','D1',NULL);
INSERT INTO plan_column VALUES(2,36,9.0,'lack','D1',NULL);
INSERT INTO plan_column VALUES(2,37,90.0,'y','D2','2027-W02');
INSERT INTO plan_column VALUES(2,38,10.0,'short','D2',NULL);
INSERT INTO plan_column VALUES(2,39,9.0,'lack','D2',NULL);
INSERT INTO plan_column VALUES(2,40,225.54213562373095669,'y','D3','2027-W02');
INSERT INTO plan_column VALUES(2,41,74.457864376269043303,'short','D3',NULL);
INSERT INTO plan_column VALUES(2,42,90.0,'y','D1 tail+1','tail+1');
INSERT INTO plan_column VALUES(2,43,10.0,'short','D1 tail+1',NULL);
INSERT INTO plan_column VALUES(2,44,9.0,'lack','D1 tail+1',NULL);
INSERT INTO plan_column VALUES(2,45,90.0,'y','D2 tail+1','tail+2');
INSERT INTO plan_column VALUES(2,46,10.0,'short','D2 tail+1',NULL);
INSERT INTO plan_column VALUES(2,47,9.0,'lack','D2 tail+1',NULL);
INSERT INTO plan_column VALUES(2,48,300.0,'y','D3 tail+1','tail+2');
INSERT INTO plan_column VALUES(2,52,1.0,'n','TESTER','2027-W01');
INSERT INTO plan_column VALUES(2,54,0.2000000000000000111,'n','TESTER','2027-W02');
INSERT INTO plan_column VALUES(2,56,168.0,'off','TESTER>SPARE,*','2027-W01');
INSERT INTO plan_column VALUES(2,57,168.0,'off','TESTER>SPARE,*','2027-W02');
INSERT INTO plan_column VALUES(2,58,168.0,'off','TESTER>SPARE,*','tail+1');
CREATE TABLE plan_row (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,
    multiplier            REAL NOT NULL, family TEXT, key TEXT, period TEXT,
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_row VALUES(1,0,-100.0,'BAL','CHIP','2027-W01');
INSERT INTO plan_row VALUES(1,1,-100.0,'BAL','CHIP','2027-W02');
INSERT INTO plan_row VALUES(1,2,40.0,'CAP','TESTER','2027-W01');
INSERT INTO plan_row VALUES(1,3,15.0,'CAP','TESTER','2027-W02');
INSERT INTO plan_row VALUES(2,0,-90.0,'BAL','CHIP','2027-W01');
INSERT INTO plan_row VALUES(2,1,-89.999999999999957369,'BAL','CHIP','2027-W02');
INSERT INTO plan_row VALUES(2,2,-52.0,'BAL','CHIP','tail+1');
INSERT INTO plan_row VALUES(2,3,-51.999999999999971579,'BAL','CHIP','tail+2');
INSERT INTO plan_row VALUES(2,4,-88.999999999999957365,'BAL','TWIN','2027-W01');
INSERT INTO plan_row VALUES(2,5,-89.0,'BAL','TWIN','2027-W02');
INSERT INTO plan_row VALUES(2,6,-89.003832991101944575,'BAL','TWIN','tail+1');
INSERT INTO plan_row VALUES(2,7,-51.0,'BAL','TWIN','tail+2');
INSERT INTO plan_row VALUES(2,16,31.999999999999982236,'CAP','SPARE','2027-W01');
INSERT INTO plan_row VALUES(2,17,22.499999999999982236,'CAP','SPARE','2027-W02');
INSERT INTO plan_row VALUES(2,18,12.999999999999985788,'CAP','SPARE','tail+1');
INSERT INTO plan_row VALUES(2,20,31.999999999999968025,'CAP','TESTER','2027-W01');
INSERT INTO plan_row VALUES(2,22,22.499999999999971578,'CAP','TESTER','2027-W02');
INSERT INTO plan_row VALUES(2,24,12.99999999999998046,'CAP','TESTER','tail+1');
INSERT INTO plan_row VALUES(2,28,63.639610306789251127,'WIP','CHIP@R,0.5',NULL);
INSERT INTO plan_row VALUES(2,39,-999.99999999999954524,'MIN','D1',NULL);
INSERT INTO plan_row VALUES(2,40,-999.99999999999954524,'MIN','D2',NULL);
INSERT INTO plan_row VALUES(2,41,-999.99999999999954524,'MIN','D1 tail+1',NULL);
INSERT INTO plan_row VALUES(2,42,-999.99999999999954524,'MIN','D2 tail+1',NULL);
INSERT INTO plan_row VALUES(2,43,1009.9999999999990904,'SHP','BUYER,CHIP','2027-W01');
INSERT INTO plan_row VALUES(2,44,1009.9999999999990904,'SHP','BUYER,CHIP','2027-W02');
INSERT INTO plan_row VALUES(2,45,1047.9999999999990904,'SHP','BUYER,CHIP','tail+1');
INSERT INTO plan_row VALUES(2,46,1047.9999999999990904,'SHP','BUYER,CHIP','tail+2');
INSERT INTO plan_row VALUES(2,47,-0.99999999999999955591,'SRC','CHIP@R','2027-W01');
INSERT INTO plan_row VALUES(2,48,-0.99999999999999955591,'SRC','CHIP@R','2027-W02');
INSERT INTO plan_row VALUES(2,49,-0.99999999999999955591,'SRC','CHIP@R','tail+1');
INSERT INTO plan_row VALUES(2,50,-1.000000000000000444,'SRC','CHIP@R','tail+2');
INSERT INTO plan_row VALUES(2,55,5375.8083242059019539,'DLV','TESTER,2027-01-04',NULL);
INSERT INTO plan_row VALUES(2,61,119.26849945235477435,'BUD','','2027-W02');
CREATE TABLE yield_snapshot (
    snapshot       INTEGER PRIMARY KEY,
    created_utc    TEXT NOT NULL,
    method         TEXT NOT NULL,                                             -- the chain of estimates, in words
    from_date      TEXT CHECK (date(from_date, '+0 days') IS from_date),      -- window that was asked for; NULL: from the first wafer on
    to_date        TEXT CHECK (date(to_date, '+0 days') IS to_date),          -- exclusive; NULL: to the last
    confidence     REAL NOT NULL CHECK (confidence > 0 AND confidence < 1),   -- of all limits
    sources        INTEGER NOT NULL CHECK (sources >= 0),
    lots           INTEGER NOT NULL CHECK (lots >= 0),                        -- with sorted wafers in the window
    wafers         INTEGER NOT NULL CHECK (wafers >= 0),
    simulated      INTEGER NOT NULL CHECK (simulated IN (0, 1)),              -- 1: rows of the history are marked as simulated
    inputs_sha256  TEXT NOT NULL CHECK (length(inputs_sha256) = 64),          -- of the planning inputs
    history_sha256 TEXT NOT NULL CHECK (length(history_sha256) = 64),         -- of the sort results that were used
    versions       TEXT NOT NULL
) STRICT;
CREATE TABLE yield_estimate (
    snapshot          INTEGER NOT NULL REFERENCES yield_snapshot DEFERRABLE INITIALLY DEFERRED,
    source            TEXT NOT NULL,
    item              TEXT NOT NULL,                                          -- the die before binning
    process           TEXT,
    stage             TEXT NOT NULL CHECK (stage IN ('sort', 'final')),
    first_date        TEXT NOT NULL,                                          -- of the wafers
    last_date         TEXT NOT NULL,
    lots              INTEGER NOT NULL,
    wafers            INTEGER NOT NULL,
    tested            INTEGER NOT NULL,                                       -- die
    good              INTEGER NOT NULL,
    tested_per_wafer  REAL NOT NULL,
    units_per_start   REAL NOT NULL,                                          -- planned gross die, to compare
    excluded_lots     INTEGER NOT NULL,                                       -- screened out as excursions
    excluded_wafers   INTEGER NOT NULL,
    mean_all          REAL NOT NULL,                                          -- pooled yield, excursions included
    mean_screened     REAL NOT NULL,                                          -- without them
    excursion_factor  REAL NOT NULL CHECK (excursion_factor BETWEEN 0 AND 1), -- what excursions leave of the yield
    -- level: the part of the window in which D0 stands about still, without excursions
    level_start       TEXT NOT NULL,
    level_lots        INTEGER NOT NULL,
    level_wafers      INTEGER NOT NULL,
    level_mean        REAL NOT NULL,                                          -- of the lots (empirical Bayes prior)
    level_low         REAL,
    level_high        REAL,
    lot_rho           REAL,                                                   -- correlation of two die of a lot
    wafer_dispersion  REAL,                                                   -- variance of a wafer about its lot over the binomial one
    -- beta-binomial of wafers
    wafer_mean        REAL,
    wafer_low         REAL,
    wafer_high        REAL,
    wafer_rho         REAL,
    understated       REAL,                                                   -- how many times binomial errors are too small
    -- gamma-Poisson mixture of wafers, for a systematic yield of 1
    moment_alpha      REAL,                                                   -- start of the likelihood; NULL: infinite
    moment_d0         REAL,
    area_cm2          REAL,                                                   -- critical area of the die
    d0_per_cm2        REAL,
    d0_low            REAL,
    d0_high           REAL,
    alpha             REAL,
    alpha_low         REAL,
    alpha_high        REAL,
    alpha_p_value     REAL,                                                   -- against wafers that vary as independent die do
    alpha_verdict     TEXT NOT NULL,
    systematic_yield  REAL NOT NULL,                                          -- taken as given by the learning curve
    systematic_verdict TEXT NOT NULL,
    -- learning curve of the lots by process-out date
    curve_start       TEXT,                                                   -- day of D0 = start
    curve_d0_start    REAL,
    curve_d0_start_low REAL,
    curve_d0_start_high REAL,
    curve_d0_mature   REAL,
    curve_d0_mature_low REAL,
    curve_d0_mature_high REAL,
    halflife_days     REAL,
    halflife_low      REAL,
    halflife_high     REAL,
    curve_rho         REAL,                                                   -- lot noise about the curve
    curve_p_value     REAL,                                                   -- against a flat D0
    curve_verdict     TEXT NOT NULL,
    -- line yield of finished lots with all their children
    line_lots         INTEGER NOT NULL,
    line_started      REAL NOT NULL,                                          -- wafers
    line_scrapped     REAL NOT NULL,
    line_yield        REAL,
    line_verdict      TEXT NOT NULL, repairable INTEGER NOT NULL DEFAULT 0, chart_sigma_z REAL,
    PRIMARY KEY (snapshot, source)
) STRICT, WITHOUT ROWID;
CREATE TABLE yield_lot (
    snapshot INTEGER NOT NULL REFERENCES yield_snapshot DEFERRABLE INITIALLY DEFERRED,
    source   TEXT NOT NULL,
    lot      TEXT NOT NULL,
    out_date TEXT NOT NULL,
    wafers   INTEGER NOT NULL,
    tested   INTEGER NOT NULL,
    good     INTEGER NOT NULL,
    yield    REAL NOT NULL,
    expected REAL,                                                            -- by the learning curve
    excluded INTEGER NOT NULL CHECK (excluded IN (0, 1)),                     -- 1: an excursion
    shrunk   REAL,                                                            -- empirical Bayes, of the level's lots
    low      REAL,
    high     REAL, seq INTEGER, chart_low REAL, chart_high REAL, chart_side TEXT CHECK (chart_side IN ('below', 'within', 'above')), ewma REAL, ewma_limit REAL, ewma_side TEXT CHECK (ewma_side IN ('below', 'within', 'above')), chart_probability REAL,
    PRIMARY KEY (snapshot, source, lot)
) STRICT, WITHOUT ROWID;
CREATE TABLE yield_period (
    snapshot     INTEGER NOT NULL REFERENCES yield_snapshot DEFERRABLE INITIALLY DEFERRED,
    source       TEXT NOT NULL,
    period       TEXT NOT NULL,
    start_date   TEXT NOT NULL,
    out_date     TEXT NOT NULL,
    lots         REAL NOT NULL,                                               -- expected in the period, at the recent rate
    d0_p10       REAL,
    d0_p50       REAL,
    d0_p90       REAL,
    p10          REAL NOT NULL CHECK (p10 BETWEEN 0 AND 1),                   -- unit yield, with excursions at their rate so far
    p50          REAL NOT NULL CHECK (p50 BETWEEN 0 AND 1),
    p90          REAL NOT NULL CHECK (p90 BETWEEN 0 AND 1),
    screened_p50 REAL NOT NULL CHECK (screened_p50 BETWEEN 0 AND 1),          -- without excursions
    common_error REAL NOT NULL,
    lot_error    REAL NOT NULL,
    line_p10     REAL CHECK (line_p10 BETWEEN 0 AND 1),                       -- line yield; NULL: no lot has finished
    line_p50     REAL CHECK (line_p50 BETWEEN 0 AND 1),
    line_p90     REAL CHECK (line_p90 BETWEEN 0 AND 1),
    planned_line_yield REAL NOT NULL,                                         -- of the inputs
    planned_unit_yield REAL NOT NULL,
    PRIMARY KEY (snapshot, source, period)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "dependency" (
    source   TEXT NOT NULL REFERENCES source,
    region   TEXT NOT NULL CHECK (length(region) BETWEEN 1 AND 4000),              -- region it depends on
    share    REAL NOT NULL CHECK (share BETWEEN 0 AND 1),                          -- fraction; of the output that stops if the region does
    lag_days REAL CHECK (lag_days BETWEEN 0 AND 1e+15),                            -- days; it stops, and comes back, that much later; empty: 0
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (source, region)
) STRICT;
CREATE TABLE IF NOT EXISTS "receipt" (
    item     TEXT NOT NULL REFERENCES item,
    date     TEXT NOT NULL CHECK (date(date, '+0 days') IS date),                             -- day of arrival
    quantity REAL NOT NULL CHECK (quantity BETWEEN 0 AND 1e+15),                   -- units; open order, arrives whatever is planned
    source   TEXT REFERENCES source,                                               -- source it was ordered from; empty: not said
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (item, date)
) STRICT;
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
CREATE TABLE plan_value (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 1, 2, ...: the largest first
    what                  TEXT NOT NULL,               -- hour, tool, usd, mw, m2, rate, ramp, starts, shipments, delivery
    key                   TEXT NOT NULL,               -- tool group, date of the budget, site, line, source, customer/item
    period                TEXT NOT NULL,               -- the first one that it touches
    step                  REAL NOT NULL,               -- in units
    unit                  TEXT NOT NULL,
    gain_usd              REAL,                        -- of the step, discounted; NULL: not tested
    at_most_usd           REAL NOT NULL,               -- what the multipliers promise for it at most
    tested                INTEGER NOT NULL CHECK (tested IN (0, 1)),
    tie                   TEXT NOT NULL, untested TEXT, objective_usd REAL, bound_usd REAL, holds_to REAL, row_sha256 TEXT CHECK (length(row_sha256) = 64),               -- limits that had to be moved along, '' when there are none
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_value VALUES(1,1,'tool','TESTER','2027-W01',1.0,'tools',5160.0,9240.0,1,'',NULL,14400.0,14400.0,NULL,'1b2c8918297d77113b909492c846f3dfd9677cdbe8d2208fc54617b05b8dd108');
INSERT INTO plan_value VALUES(1,2,'hour','TESTER','2027-W01',1.6799999999999999378,'hours',67.200000000000727597,67.200000000000002843,1,'',NULL,9307.2000000000007276,9307.2000000000007276,NULL,'df2afc3ba4da9b67ce15f89fdd2d5398f9e562f5a12eaa58bcf734f94bb0cd1c');
INSERT INTO plan_value VALUES(1,3,'hour','TESTER','2027-W02',1.6799999999999999378,'hours',25.200000000000727594,25.199999999999999288,1,'',NULL,9265.2000000000007276,9265.2000000000007276,NULL,'2593e63f9a3f2cb8bea3198f3ae48702e813dc3c50e97bfec482b509b014eb07');
INSERT INTO plan_value VALUES(2,1,'tool','SPARE','2027-W01',1.0,'tools',6762.4226036872314578,11339.999999999992723,1,'',NULL,23244.133101170224109,23244.133101170293229,NULL,'2dd3ed9e8f4d12a99ab67e1c7708e12b4f2fea946a5aaf68ce03484efedef2e0');
INSERT INTO plan_value VALUES(2,2,'tool','TESTER','2027-W01',1.0,'tools',6762.4226036872314578,11339.999999999985447,1,'',NULL,23244.133101170224109,23244.133101170293229,NULL,'4daad0a68dbbe0b28bfe56e56a5ad2d1e8c80ce6f1d39887c1111d384217de7f');
INSERT INTO plan_value VALUES(2,3,'shipments','BUYER/CHIP','2027-W01',0.9000000000000000222,'units a week',3704.4000000000232831,3704.3999999999969077,1,'',NULL,20186.110497483015933,20186.110497483099606,NULL,'d515230d5ef167962812af339903870613aab4d359b5ae281dc32ea79be322db');
INSERT INTO plan_value VALUES(2,4,'delivery','TESTER','2027-W01',1.0,'tools',1075.1616648411800269,5375.8083242059019539,1,'',NULL,17556.872162324172677,17556.872162324259989,NULL,'51ee368201875712f7e6033e519543328dc9aad6a3874c81f7f5acc721baf9ff');
INSERT INTO plan_value VALUES(2,5,'hour','TESTER','2027-W01',3.3599999999999998756,'hours',107.52000000000043655,107.51999999999988233,1,'',NULL,16589.230497482993087,16589.23049748307676,NULL,'8182acc67bdfc43e5b2ed45a401bd2fb56e346289eed477746ea20c5bb4306e7');
INSERT INTO plan_value VALUES(2,6,'hour','TESTER','2027-W02',3.696000000000000174,'hours',83.159999999999854479,83.159999999999897109,1,'',NULL,16564.870497482992504,16564.870497483076178,NULL,'dc419d4c01aa4d3d92475b1fb8a9eead46d3d40c247953ad46fcca7e963c0125');
INSERT INTO plan_value VALUES(2,7,'usd','2027-01-04','2027-W01',0.59999999999999997779,'USD',71.56109967141310335,71.561099671412861768,1,'',NULL,16553.271597154405754,16553.271597154489427,NULL,'362221961e638185218fd7b2b37922b5b52297e7f9917e2470a661a79de8ab08');
INSERT INTO plan_value VALUES(2,8,'hour','SPARE','2027-W01',1.6799999999999999378,'hours',53.759999999998399288,53.75999999999996959,1,'',NULL,16535.47049748299105,16535.470497483078361,NULL,'ae2088cc2a59fe05a0199bdebef2cac20ca4488ae7ed4c0a3ff3541b183d05f7');
INSERT INTO plan_value VALUES(2,9,'hour','SPARE','2027-W02',1.6799999999999999378,'hours',37.799999999999272404,37.799999999999968735,1,'',NULL,16519.510497482991922,16519.510497483079234,NULL,'0166eb34986d32ebad144758e22c4daa254ff897cfe4a4ed1ea52dc62c64e18a');
CREATE TABLE stdf_file (
    wafer TEXT NOT NULL,
    stage TEXT NOT NULL,
    run   INTEGER NOT NULL,
    file  TEXT NOT NULL,    -- what MIR says of it: lot, setup and start time, station, node, job
    part  INTEGER NOT NULL, -- 1, 2, ...: files whose MIR is the same and that have no die in common
    time  INTEGER NOT NULL, -- of the wafer, in seconds since 1970-01-01: the order of the files
    die   TEXT NOT NULL,    -- a line each: bin, 1 when good, 1 when it supersedes its id, and x,y or a blank, id
    PRIMARY KEY (wafer, stage, run, file, part)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan_wip (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    source                TEXT NOT NULL,
    progress              REAL NOT NULL,               -- done part of the cycle time
    status                TEXT NOT NULL CHECK (status IN ('active', 'held')),
    wafers                REAL NOT NULL,
    going                 REAL NOT NULL,               -- wafers that go on inside the horizon
    waiting               REAL NOT NULL,               -- wafers that do not
    delay_days            REAL,                        -- mean of those that go on: later than the first day on which they could; NULL: none goes on
    tool_group            TEXT,                        -- whose full hours hold what waits or is late most; NULL: none
    PRIMARY KEY (plan, source, status, progress)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_wip VALUES(2,'CHIP@R',0.5,'active',20.0,20.0,0.0,0.0,NULL);
CREATE TABLE plan_warning (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 1, 2, ... as said
    text                  TEXT NOT NULL,
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_warning VALUES(2,1,'table customer BUYER: priority has values that only the policies priority, fair and entitlement read');
INSERT INTO plan_warning VALUES(2,2,'table tool_group OLD: tool_group is ''OLD'', should have a step of a route or be an alternate (nothing loads it)');
CREATE TABLE IF NOT EXISTS "plan_demand" (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    demand                TEXT NOT NULL,
    customer              TEXT NOT NULL,
    item                  TEXT NOT NULL,
    period                TEXT NOT NULL,               -- due
    class                 TEXT,
    quantity              REAL NOT NULL,
    price_usd             REAL NOT NULL,
    shipped               REAL NOT NULL,               -- against this demand, in time or late
    short                 REAL NOT NULL,
    promised              REAL NOT NULL,               -- min_fill x quantity
    lack                  REAL NOT NULL,               -- promised and not shipped
    shortage_usd          REAL NOT NULL,               -- penalty for short
    commitment_usd        REAL NOT NULL,               -- penalty for lack
    usd_per_unit          REAL,                        -- one more unit costs at least, in the cheapest period of its window, lateness included, in money of that period; NULL: no source could deliver
    cost_period           TEXT,                        -- that period
    PRIMARY KEY (plan, demand)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_demand VALUES(1,'D1','BUYER','CHIP','2027-W01',NULL,100.0,100.0,42.0,58.0,0.0,0.0,0.0,0.0,100.0,'2027-W01');
INSERT INTO plan_demand VALUES(1,'D2','BUYER','CHIP','2027-W02',NULL,100.0,100.0,84.0,16.0,0.0,0.0,0.0,0.0,100.0,'2027-W02');
INSERT INTO plan_demand VALUES(2,'D1','BUYER','CHIP','2027-W01',NULL,100.0,100.0,90.0,10.0,99.0,9.0,0.0,9000.0,1099.9999999999990904,'2027-W01');
INSERT INTO plan_demand VALUES(2,'D2','BUYER','CHIP','2027-W02',NULL,100.0,100.0,90.0,10.0,99.0,9.0,0.0,9000.0,1099.9999999999990904,'2027-W02');
INSERT INTO plan_demand VALUES(2,'D3','NEXT','CHIP','2027-W02',NULL,300.0,90.0,225.54213562373095669,74.457864376269043303,0.0,0.0,0.0,0.0,89.999999999999957369,'2027-W02');
CREATE TABLE IF NOT EXISTS "plan_shortage" (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    demand                TEXT NOT NULL,
    rank                  INTEGER NOT NULL,            -- 1: the reason
    family                TEXT NOT NULL,               -- CAP SRC LIN SHP PWR ..., or COST, TIME, YIELD
    key                   TEXT NOT NULL,               -- tool group, source, line, ...
    label                 TEXT NOT NULL,               -- in words
    period                TEXT,                        -- where most of it falls
    binding               INTEGER NOT NULL CHECK (binding IN (0, 1)), -- 1: a limit, 0: money that is spent
    usd_per_unit          REAL,                        -- part of the cost of one more unit; NULL: no source could deliver
    amount                REAL,                        -- of the limit, per unit (hours, starts, ...)
    unit                  TEXT,
    usd_per_amount        REAL,                        -- one more (of the hour, of the start, ...) is worth at most, averaged over the periods used
    PRIMARY KEY (plan, demand, rank)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_shortage VALUES(1,'D1',1,'CAP','TESTER','tool hours TESTER','2027-W01',1,80.0,2.0,'hours',40.0);
INSERT INTO plan_shortage VALUES(1,'D1',2,'COST','CHIP@R','cost of starts CHIP@R','2027-W01',0,20.0,2.0,'starts',10.0);
INSERT INTO plan_shortage VALUES(1,'D2',1,'CAP','TESTER','tool hours TESTER','2027-W01',1,80.0,2.0,'hours',40.0);
INSERT INTO plan_shortage VALUES(1,'D2',2,'COST','CHIP@R','cost of starts CHIP@R','2027-W01',0,20.0,2.0,'starts',10.0);
INSERT INTO plan_shortage VALUES(2,'D1',1,'SHP','BUYER','what the customer can take: BUYER','2027-W01',1,1009.9999999999990904,1.0,'units',1009.9999999999990904);
INSERT INTO plan_shortage VALUES(2,'D1',2,'WIP','CHIP@R','work in process of CHIP@R',NULL,1,89.999999999999957369,1.4142135623730949234,'wafers',63.639610306789251127);
INSERT INTO plan_shortage VALUES(2,'D2',1,'SHP','BUYER','what the customer can take: BUYER','2027-W02',1,1009.9999999999990904,1.0,'units',1009.9999999999990904);
INSERT INTO plan_shortage VALUES(2,'D2',2,'CAP','TESTER','tool hours TESTER','2027-W01',1,63.999999999999928946,1.9999999999999997779,'hours',31.999999999999968025);
INSERT INTO plan_shortage VALUES(2,'D2',3,'COST','CHIP@R','cost of starts CHIP@R','2027-W01',0,19.999999999999996447,1.9999999999999997779,'starts',10.0);
INSERT INTO plan_shortage VALUES(2,'D2',4,'POWER','energy less end value','energy energy less end value','2027-W01',0,8.0,NULL,NULL,NULL);
INSERT INTO plan_shortage VALUES(2,'D2',5,'OTHER','','other',NULL,0,-1.999999999999925393,NULL,NULL,NULL);
INSERT INTO plan_shortage VALUES(2,'D3',1,'CAP','TESTER','tool hours TESTER','2027-W01',1,63.999999999999928946,1.9999999999999997779,'hours',31.999999999999968025);
INSERT INTO plan_shortage VALUES(2,'D3',2,'COST','CHIP@R','cost of starts CHIP@R','2027-W01',0,19.999999999999996447,1.9999999999999997779,'starts',10.0);
INSERT INTO plan_shortage VALUES(2,'D3',3,'POWER','energy less end value','energy energy less end value','2027-W01',0,8.0,NULL,NULL,NULL);
INSERT INTO plan_shortage VALUES(2,'D3',4,'MIN_STARTS','CHIP@R','promised minimum of CHIP@R','2027-W01',1,-1.9999999999999988897,1.9999999999999997779,'starts',-0.99999999999999955591);
CREATE TABLE plan_input (
    sha256                TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- of the text
    size                  INTEGER NOT NULL CHECK (size >= 0),                    -- bytes of the text
    content               BLOB NOT NULL
) STRICT;
INSERT INTO plan_input VALUES('ab350a0c1a890aadc775b77e46be76b05eaa05fab7a853bf56f7ed1a03109276',2106,X'78da8d554d6f133110bde757acf6bcad36014ac5090a45e5808aa00871b29cdd6962c51f8bed4dbafc7a66fcb1d96c5389a4953df6783c7eefcda474e0bdd09b7251ee6028ab72cf650f38aeb9130e476d3ce0662b5c637aed99e59eb6ebb2aa1625e8968503ecd1f2665cee24d74c73458e3f8cdc435bac8762cb754bdb8bd28910330c7843749c5d7877fff516ad872d1446cba188ce745a0a4d0e61a872909da0e09358c0a4e12d5307341f7923a4f003ebcc012c43d31b4bebd218cbd4eaf9ed9f3fdca09172e878b3e31b0269924fbc9e3e9852c32542c12d9eecc00a43a938cfad676d848b804ad3d94dab7af5f6e257bdc49530ad9717f5eb89b15c064893db6ab67334ae2338de18c936d6f45d79625419af8410b7c071200f4a86efb9907c1d504253f127d67bb41cf7c268c22020b723343b2b1a60bd6b4f119480707ba1001f3a50cc753ff0b5a4cb2c2883324967a4781c7d5cdf7572882ccd8079b8fdf170fb1dedc8c503380f485ab50cdffc095ad3c8cd85322dc84bd5be2b9657d7c5b610ba00de6c8b4c0882834884d0719c43228d674efc3dc3d1318b7b0d05e6d19591f71088858563d4b89fa39e70b01728570aac844667c73039d66be1094a6b542e236ff2cc71d5c9b1bc2c1c8cdd8d7b8de55d369ea7bcac119e8c62755557f47d09b222005504d1161cff8ace08ed036ccdd0600a44ede49521dd24e94cf873d4a6927e75f926808605abca34cc0b97b0481d258a656b648ba9865706b406e03629d479d3ec70de18d5110f07eefd993c3ede7df9465e5bd14d0b38dab9829de96d139a529c5439bfa491915c12ac202122199b581b9474a432c01732d2ae57c8efdaa873a5d159d3809b145ea038f81e17bc2198c513b4090b140d36357ffe85ef09eef4d4a855627d5229e32359639c9fbe744a25de74f292976e9a124b423b461f04c8f6a5f08466f2486467e37f2eaa5141cbd8707b245f0135dc713a8a081b94b1b1911d406cb63e34602fbc0405a4e980e4a3903234771bd76609dcfcfc1dbacf512fe33d239e2d28fa4d1b27d53499a49fb687fcf83f3da72c86590f755b633ddf6453a233cb341c007649ed613de967927f23b93b23fa4ff4e390df906471ca591dfeabd813f0c0eae503f44b333fb0f807088380e0');
INSERT INTO plan_input VALUES('169586913ede452a7ed5509d6edcffce6201644a8a85920ba0069c01a9cdfcce',3428,X'78da9557df6fe3360c7eef5f61f8d957d8697b5befe97a6b0f3dacbb146d86db9e0cc5561221b2e5497253efaf1f4949b6e338c38616b57e5014f9f123a9c6865b2bea6d7c11ef791727f11b932d87ef9a1961e05b2bcb61b314a6506d6d73cd2c6ea771925cc4bc2e733a906f342bfae546b23aaf598582af4abef1325a77d18ed5256d5b26645eb20ed567d7b874111b41d7d0072e756727363c2e7f7b80d96ac72355cb2e72c2785a8a1a05e89304257b81f78d74f15c2a56e6d501a61b5608296c9737eac0750e53ab34ae4ba5745e2d4e6fff7af70526de8686157bb645dc92f82b5bc7497a99254996a6e8dfebe3f27910e5ef96eb9a49c462a71a104d1232ba6012f0631a74375c0b85c61acbb4056cc80144d70f27b62cd2c54f1f7ea419acd030cd3ea4d7a3499611d05e6c31d919263f3bf8ac5232df6ad536f1d12409887a0c99e60c3e2881c6b03708245b138e30add87bde5a98196685aa1125c2768f78375a143c6f4d798cb1e410102b2a1ef8b06e3bb6967899e695026ef933526c7a19d3368dec5c1c27c02c9fee312214aaa544ba2d920c7e00f39b04fe3aece3d7e7bb97875ef0b501c74034733f10c49b14ce3961905e3dbcae1e5e7af1153710d119799c2503a02597e28deb2e97a212768aec46ab2a44d7aa30420c03bc13d77a2bce463ca3bb413fc9bbef348452d9dc88bf67383538b8ac79042e829583c29c1606ad6e3f683df2ec4d4002a2e24ad4206c726077ded60081f7dad70af0da8f0cab1ad9d710cd0f4aeffbbd42b3264c4e4dce20483d34c9c734c4986a500d09faa1521088cbaafc1465d12e025b224ab288c16fd42851835d21644c52ae92f2239f868d640ac14eb5da605914ea5f82e6191752bf2bc05fe4fd08d2312342369c86681cfdabcb1b5207f5ae8afd675af710785fa35d26ed942c0117829442d371a63df58c55c51ec685aa1a0cfa81593b63c72f8fdfb0c0153bd18cebb19bf759f3e3dbf741e8ce445b85252e0b18b8bb7aab559dbb06710221e9718e9a766dacb08ee0fea0a821105045d406bd35e5986eb3aabcf92e5b0c44afa0cee3064950ebd3a60f36d61c81690ffcdcbaf28697387613a308b7dab415507eadaab9ead668557033aa9dc47a921d162cf26823de79e9230679049dcbcec7e1f34bef914f5f4c040f73809a7ccb0b65ecd8d331e10270c19373378de987b937680f556e56fda8c28133748943eec0f9be27df74d5ec94b61b26a909fc6ff38edadc2d5469a8d4e951d8f34e706812676c460678099f4661f25f6e4f2137dd5d450b54af38f6f97ed8a727f445a55dff3c70b1dd59eafbc071c92b8ea58900db0829e9d5a1dddac4802fbfff494506337123344499e29f5edede522a7e7ff863e5b70d078e820f8bc4f537b0afe415265e3f48c666fa6c285b1e60f9ab65685f3769ea142bb60d5309c27dd44641a6759f0d23cf0ac9cc4ca1b9c7d74af0ce93fc9881a97b7485c67ebf387f805ae4c9812b90f0f8ccc85f81eced200e4c81728681e9e97e8ad5f9ce3ec2e24c04677c9cd098ac700fab3ee3c449ffa0b75180bf3aecce3ea6c737dd24d7a97f9936fc3d5fb7e596a3fe499d38f31cf54a3e3a159275c478f7ede9de737ca2e16909e327b5150551f3227efe15169e8757b64b25ac82ee6f32e4ec2802a36c722f696ab18ebe7e78601bae4d9f4cbeb04261de6a5799e1a06d67b8f894f9f87ca6023b389dadd2f413fde273334d28f563f887025e7ff4befe072fa7f3e2');
CREATE TABLE plan_hash (
    plan                  INTEGER PRIMARY KEY REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    content_sha256        TEXT NOT NULL CHECK (length(content_sha256) = 64)
, schema_version INTEGER, record_sha256 TEXT CHECK (length(record_sha256) = 64)) STRICT;
INSERT INTO plan_hash VALUES(1,'398e5ab371b7a714dc9aad251ea671a9ea49cc6519be3dc5c80cf5625334edbc',32,'9f4cdd4c28069e51bdcfe66dbbf56c89743e1be2e0e4fd4995a39d7ee3c4bb15');
INSERT INTO plan_hash VALUES(2,'72846aefd22043fa3c11045a824bef132d77b82118a3334016b5949a7ea5df8d',32,'4544f7e3e2c9c851ffd218af1bc144c9c5e89031c9f5acf241d68c86cf9d4ec6');
CREATE TABLE plan_tail_period (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    period                TEXT NOT NULL,
    number                INTEGER NOT NULL,            -- goes on behind the last one of plan_period
    start_date            TEXT NOT NULL,
    end_date              TEXT NOT NULL,               -- exclusive
    days                  REAL NOT NULL,
    discount              REAL NOT NULL,               -- factor of money of the period's start
    PRIMARY KEY (plan, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_tail_period VALUES(2,'tail+1',3,'2027-01-18','2027-01-25',7.0,1.0);
INSERT INTO plan_tail_period VALUES(2,'tail+2',4,'2027-01-25','2027-02-01',7.0,1.0);
CREATE TABLE IF NOT EXISTS "customer" (
    customer    TEXT NOT NULL PRIMARY KEY CHECK (length(customer) BETWEEN 1 AND 63),
    name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),             -- name shown in reports
    priority    REAL CHECK (priority BETWEEN 0 AND 1e+15),                         -- rank; 1 is served first by policy priority; empty: 1
    weight      REAL CHECK (weight BETWEEN 0 AND 1e+15),                           -- weight of policy fair; 0 leaves the customer to the profit; empty: 1
    entitlement REAL CHECK (entitlement BETWEEN 0 AND 1),                          -- fraction; share of every capacity, of policy entitlement; empty: 0
    min_fill    REAL CHECK (min_fill BETWEEN 0 AND 1),                             -- fraction; promised share of each demand; empty: 0
    parent      TEXT CHECK (length(parent) BETWEEN 1 AND 4000),                    -- company it belongs to
    basis       TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note        TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO customer VALUES('BUYER','The first',1.0,NULL,NULL,0.98999999999999999111,NULL,NULL,NULL);
INSERT INTO customer VALUES('NEXT','The second',2.0,NULL,NULL,0.0,NULL,NULL,NULL);
CREATE TABLE plan_stage (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 1, 2, ... as solved
    name                  TEXT NOT NULL,
    objective             TEXT NOT NULL,               -- in words
    unit                  TEXT NOT NULL,
    value                 REAL,                        -- of its objective; NULL: it was not done
    bound                 REAL,                        -- of its own proof; NULL: none was made
    gap                   REAL,
    within                REAL,                        -- how closely it is kept, relative; NULL: it is not
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_stage VALUES(1,1,'money','profit','USD',9240.0,9240.0,0.0,NULL);
INSERT INTO plan_stage VALUES(1,2,'ties','earliest shipments, work in process that goes on soonest, least movement (stock, substitutes, offloading, orders)','unit periods',168.0,168.0,0.0,NULL);
INSERT INTO plan_stage VALUES(2,1,'money','profit','USD',16481.710497482989012,16481.710497483076324,5.0767493201562792944e-15,NULL);
INSERT INTO plan_stage VALUES(2,2,'ties','earliest shipments, work in process that goes on soonest, least movement (stock, substitutes, offloading, orders)','unit periods',1876.0822647355694243,1876.0822647355703339,6.0598002474928790838e-16,NULL);
CREATE TABLE plan_customer (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    customer              TEXT NOT NULL,
    wanted_usd            REAL NOT NULL,               -- W: the whole quantity of its orders in their due periods, discounted
    served_usd            REAL NOT NULL,               -- V: price of all shipments, discounted
    profit_shipped_usd    REAL,                        -- shipments of the plan of policy `profit`, undiscounted; NULL: this is it
    PRIMARY KEY (plan, customer)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_customer VALUES(1,'BUYER',20000.0,12600.0,NULL);
INSERT INTO plan_customer VALUES(2,'BUYER',20000.0,18000.0,NULL);
INSERT INTO plan_customer VALUES(2,'NEXT',27000.0,20298.792206135785817,NULL);
CREATE TABLE IF NOT EXISTS "line_limit" (
    line                TEXT NOT NULL REFERENCES line,
    from_date           TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),        -- from this date
    to_date             TEXT NOT NULL CHECK (date(to_date, '+0 days') IS to_date),            -- to before this date
    max_starts_per_week REAL CHECK (max_starts_per_week BETWEEN 0 AND 1e+15),      -- starts per week; of all the line's sources
    max_ramp_per_week   REAL CHECK (max_ramp_per_week BETWEEN 0 AND 1e+15),        -- starts per week, per week; growth of the weekly rate
    max_drop_per_week   REAL CHECK (max_drop_per_week BETWEEN 0 AND 1e+15),        -- starts per week, per week; fall of the weekly rate
    basis               TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note                TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (line, from_date)
) STRICT;
CREATE TABLE plan_release (
    number                INTEGER PRIMARY KEY,         -- 1, 2, ...
    plan                  INTEGER NOT NULL REFERENCES plan,
    time                  TEXT NOT NULL                -- UTC
, row_sha256 TEXT CHECK (length(row_sha256) = 64)) STRICT;
INSERT INTO plan_release VALUES(1,1,'2026-11-30T12:17:09Z','8eb378d4d84bb663de70b493448ac4ce194d1cf3f8a043a557b51cefc3b63ed5');
CREATE TABLE IF NOT EXISTS "scenario" (
    scenario      TEXT NOT NULL PRIMARY KEY CHECK (length(scenario) BETWEEN 1 AND 63),
    name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),                   -- shown in reports
    surprise_from TEXT CHECK (date(surprise_from, '+0 days') IS surprise_from)             -- nobody knows of it before; NULL: known from the start
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "scenario_change" (
    scenario  TEXT NOT NULL REFERENCES "scenario" ON DELETE CASCADE,
    number    INTEGER NOT NULL CHECK (number BETWEEN 0 AND 1000000000), -- order in which they work
    "table"   TEXT NOT NULL,
    "key"     TEXT,                                                     -- which rows, and conditions
    "column"  TEXT,
    operation TEXT NOT NULL CHECK (operation IN ('set', 'scale', 'add', 'shift', 'insert', 'delete')),
    value     TEXT,
    "from"    TEXT CHECK (date("from", '+0 days') IS "from"),           -- first day; NULL: open
    "to"      TEXT CHECK (date("to", '+0 days') IS "to"),               -- day after the last; NULL: open
    basis     TEXT,                                                     -- where the figure comes from
    PRIMARY KEY (scenario, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE driver (
    driver   TEXT NOT NULL CHECK (length(driver) BETWEEN 1 AND 63),
    date     TEXT NOT NULL CHECK (date(date, '+0 days') IS date),                  -- day of the quantity
    quantity REAL NOT NULL CHECK (quantity BETWEEN 0 AND 1e+15),                   -- per year; on that day
    unit     TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 4000),                -- what is counted: robots, vehicles, satellites
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (driver, date)
) STRICT;
CREATE TABLE driver_use (
    driver            TEXT NOT NULL CHECK (length(driver) BETWEEN 1 AND 63),
    item              TEXT NOT NULL REFERENCES item,                               -- item that it takes
    customer          TEXT NOT NULL REFERENCES customer,                           -- customer that orders it
    from_date         TEXT CHECK (date(from_date, '+0 days') IS from_date),        -- from this date; empty: from the beginning of time on
    units_per_driver  REAL NOT NULL CHECK (units_per_driver BETWEEN 0 AND 1e+15),  -- units per unit of the driver; before the first date and after the last the nearest
    replacement_frac  REAL CHECK (replacement_frac BETWEEN 0 AND 1),               -- fraction; more for replacement; empty: 0
    lead_days         REAL CHECK (lead_days BETWEEN 0 AND 1e+15),                  -- days; that the item is needed before the driver's unit; empty: 0
    price_usd         REAL NOT NULL CHECK (price_usd BETWEEN 0 AND 1e+15),         -- USD per unit; paid on shipment
    shortage_usd      REAL CHECK (shortage_usd BETWEEN 0 AND 1e+15),               -- USD per unit; cost of a unit never shipped; empty: 0
    late_usd_per_week REAL CHECK (late_usd_per_week BETWEEN 0 AND 1e+15),          -- USD per unit and week; cost of shipping late; empty: 0
    max_late_days     REAL CHECK (max_late_days BETWEEN 0 AND 1e+15),              -- days; latest useful shipment after the due period's start; empty: 0
    min_fill          REAL CHECK (min_fill BETWEEN 0 AND 1),                       -- fraction; promised share, empty: the customer's
    class             TEXT CHECK (class IN ('firm', 'forecast')),                  -- how sure it is
    basis             TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note              TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
CREATE TABLE layer (
    layer     TEXT NOT NULL PRIMARY KEY CHECK (length(layer) BETWEEN 1 AND 63),
    name      TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),               -- name shown in reports
    weight    REAL NOT NULL CHECK (weight BETWEEN 0 AND 1e+15),                    -- of independence
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
INSERT INTO layer VALUES('PK','Packaging',1.0,NULL,NULL);
INSERT INTO layer VALUES('LO','Logic',2.0,NULL,NULL);
CREATE TABLE layer_share (
    layer     TEXT NOT NULL REFERENCES layer,
    key       TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 63),                  -- an item or a line
    from_date TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),       -- from this date
    share     REAL NOT NULL CHECK (share BETWEEN 0 AND 1),                         -- fraction; own part
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (layer, key, from_date)
) STRICT;
CREATE TABLE plan_independence (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    layer                 TEXT NOT NULL,
    period                TEXT NOT NULL,
    own_share             REAL,                        -- NULL: no data
    weight                REAL NOT NULL,               -- with its part of the weights of layers that have no data at all; of these 0
    PRIMARY KEY (plan, layer, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_independence VALUES(2,'LO','2027-W01',NULL,2.0);
INSERT INTO plan_independence VALUES(2,'LO','2027-W02',NULL,2.0);
INSERT INTO plan_independence VALUES(2,'PK','2027-W01',1.0,1.0);
INSERT INTO plan_independence VALUES(2,'PK','2027-W02',1.0,1.0);
CREATE TABLE plan_own (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    item                  TEXT NOT NULL,
    period                TEXT NOT NULL,
    layer                 TEXT NOT NULL,               -- LO, ME, PK
    own_share             REAL,                        -- own part of what arrived in the period, else of what arrived last; NULL: nothing has arrived yet
    shipped               REAL NOT NULL,
    own_units             REAL,                        -- of a chip: shipped x the least own share of it and of the dies and memories in its bill
    PRIMARY KEY (plan, item, period)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_own VALUES(2,'CHIP','2027-W01','PK',1.0,90.0,90.0);
INSERT INTO plan_own VALUES(2,'CHIP','2027-W02','PK',1.0,315.54213562373092827,315.54213562373092827);
INSERT INTO plan_own VALUES(2,'TWIN','2027-W01','PK',NULL,0.0,0.0);
INSERT INTO plan_own VALUES(2,'TWIN','2027-W02','PK',NULL,0.0,0.0);
CREATE TABLE plan_peg (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    demand                TEXT NOT NULL,
    period                TEXT NOT NULL,               -- of the shipment
    item                  TEXT NOT NULL,               -- that arrived: the order's, a substitute, or what went into it
    "from"                TEXT NOT NULL CHECK ("from" IN ('stock', 'receipt', 'wip', 'source')),
    key                   TEXT NOT NULL,               -- '' stock; receipt: its date; wip: the lot, or of several alike their source, status and progress; source
    arrival               TEXT NOT NULL,               -- period; '' stock on hand
    quantity              REAL NOT NULL,               -- units of the item
    PRIMARY KEY (plan, demand, period, item, "from", key, arrival)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_peg VALUES(1,'D1','2027-W01','CHIP','source','CHIP@R','2027-W01',42.0);
INSERT INTO plan_peg VALUES(1,'D2','2027-W02','CHIP','source','CHIP@R','2027-W02',84.0);
INSERT INTO plan_peg VALUES(2,'D1','2027-W01','CHIP','source','CHIP@R','2027-W01',75.857864376269048987);
INSERT INTO plan_peg VALUES(2,'D1','2027-W01','CHIP','wip','L1','2027-W01',14.14213562373095101);
INSERT INTO plan_peg VALUES(2,'D2','2027-W02','CHIP','source','CHIP@R','2027-W01',50.142135623730951011);
INSERT INTO plan_peg VALUES(2,'D2','2027-W02','CHIP','source','CHIP@R','2027-W02',34.857864376269048988);
INSERT INTO plan_peg VALUES(2,'D2','2027-W02','TWIN','stock','','',5.0);
INSERT INTO plan_peg VALUES(2,'D3','2027-W02','CHIP','source','CHIP@R','2027-W02',225.54213562373095669);
CREATE TABLE plan_basis (
    plan                  INTEGER PRIMARY KEY REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    row_status            TEXT NOT NULL,
    column_status         TEXT NOT NULL
) STRICT;
INSERT INTO plan_basis VALUES(1,'ssuuss','bbblllbbub');
INSERT INTO plan_basis VALUES(2,'ssssssssbbbbbbbbuuububububbbsbbbbsssssslllluuuullllbbbbubbbbbu','bbbblbllllbbbbblllblllllblllllbblbbbbbbbbbbbbbbbubllblblbbbl');
CREATE TABLE IF NOT EXISTS "plan_kept" (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 0, 1, ...: the order of the rows in the program
    customer              TEXT NOT NULL,               -- of kind served: one row for each customer; '' else
    stage                 TEXT NOT NULL,               -- that found the value; 'fill': asked for
    kind                  TEXT NOT NULL CHECK (kind IN ('profit', 'promises', 'served', 'capital', 'lateness', 'movement', 'independence:LO', 'independence:ME', 'independence:PK')),
    least                 REAL NOT NULL,               -- right side: profit and independence without their constants, value served, minus the value of broken promises, capital, lateness or movement
    reversed              INTEGER NOT NULL DEFAULT 0 CHECK (reversed IN (0, 1)), -- 1: minus that is kept at least
    last_usd_costs        REAL NOT NULL,               -- profit that the last USD of it costs at least
    loss_usd              REAL,                        -- profit without the row less profit, solved again; NULL: not tested
    PRIMARY KEY (plan, number, customer)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan_held (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 1, 2, ...: what is frozen and changed first, the dearest first
    name                  TEXT NOT NULL,               -- of the decision in the program: x[source,period], n and r[tool group,period], go[WIP group], go_in[WIP group,period]
    before                REAL NOT NULL,               -- the old plan's
    planned               REAL NOT NULL,
    frozen                INTEGER NOT NULL,            -- 1: in a near period
    usd_per_unit          REAL NOT NULL,               -- of change, of its own day
    usd                   REAL NOT NULL,               -- of its own day; 0: unchanged
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "source" (
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
INSERT INTO source VALUES('CHIP@R','CHIP','FAB','R',NULL,NULL,1.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE plan_digest (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    name                  TEXT NOT NULL,
    sha256                TEXT NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (plan, name)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_digest VALUES(1,'plan','a15172effed3eca97d0c6c2ac7e19de66962c03305b56f6bafd1f9e6fd452c32');
INSERT INTO plan_digest VALUES(1,'plan_basis','8a036a4aba65a32e7e5035200bd4019eca0969237d730c11f04e243c4141a07a');
INSERT INTO plan_digest VALUES(1,'plan_budget','b7bd7de9309fc39a8fb72f59b13904de569094121ea26963f35b83de3627df93');
INSERT INTO plan_digest VALUES(1,'plan_capacity','f220c2e7ef10c4c89ac4d257a099103d5cbc41b6aa2ee0fb0efc3476778394b7');
INSERT INTO plan_digest VALUES(1,'plan_column','ecba11776721da836f572cf6606085c8e77fa0da713121d2409eca9649ffff1c');
INSERT INTO plan_digest VALUES(1,'plan_customer','c8fcadea71c97cd0087121a3a2961600739c4b112f6d3f1a8b3fb005ea4772df');
INSERT INTO plan_digest VALUES(1,'plan_demand','bbb322cdf36a19f55c3bb962069784ffce0bc6902ef091c6e6a6048ffbc89a33');
INSERT INTO plan_digest VALUES(1,'plan_line','750332cdac73b71edc2cd668ab1d8f57cfe0cba26f796f804bcf0ef78bc5f7f5');
INSERT INTO plan_digest VALUES(1,'plan_peg','8d59f8c6646ed663647178dbdce80e2deb4cc33b0a2abb8acacedde8fc18dc7e');
INSERT INTO plan_digest VALUES(1,'plan_period','f3466709dc12b6f74ae64a07062306524d9fb09126d207372bc83e53027ea386');
INSERT INTO plan_digest VALUES(1,'plan_row','fad653e84a3b44fda5d2e671555530fce6dbb4e4be9a0ae1b84aa9d6b8b74309');
INSERT INTO plan_digest VALUES(1,'plan_shipment','cc79e644b98078890d58bad522d601e37111e7c1004d5ef7e3302cdda9ff3e97');
INSERT INTO plan_digest VALUES(1,'plan_shortage','158be9ff1ed34ceacf1119590a06fdae41bd7d4f5731771e63474a4b2f207a19');
INSERT INTO plan_digest VALUES(1,'plan_stage','0da372ca36d9c47fd942a349d6f88785038459d7af7508007e29b391f3845639');
INSERT INTO plan_digest VALUES(1,'plan_start','ea48c20e7c897f623406426cc34660c313a77fe03c911d47b2ca243e5b68c7c1');
INSERT INTO plan_digest VALUES(1,'plan_stock','ac0ef1950503e9cc8f538af57f241aa0f3ad0d7a2190463035a6a417aedc7c19');
INSERT INTO plan_digest VALUES(1,'record','b975cf8b9a371cf98795628e7cd4dc8bf97da8b27cef77586166d59f42c19751');
INSERT INTO plan_digest VALUES(2,'plan','697ca4c9845b68ec277d6586e456cc9597f1e588d42a984bc238f5e3b614bd5b');
INSERT INTO plan_digest VALUES(2,'plan_basis','8ec93d1fdf0ecdd9ac1b63333a000ba01ffd93daaf2a053c7c9b049a5fe78891');
INSERT INTO plan_digest VALUES(2,'plan_budget','f7daad8f766e4ef05f53509690650a11552963ac245a3d3d01631c5213413f94');
INSERT INTO plan_digest VALUES(2,'plan_capacity','2da5c92cc052bbb30388fd6c0bebd08f3692a6a2e2b83c68e7cd909fcf780877');
INSERT INTO plan_digest VALUES(2,'plan_column','1c048f229d6924c587e42535f02524ab55f3d657ec6e23d4d6e6b639d0158f55');
INSERT INTO plan_digest VALUES(2,'plan_customer','d17c76a00625385f1df437b4d96188d117416cbbcecded38cd3b7108f15d4071');
INSERT INTO plan_digest VALUES(2,'plan_delivery','a72e451015b3d3a6274fedf7c5f4ebb6b656c65a3bd5368d5aca469495b1a2fd');
INSERT INTO plan_digest VALUES(2,'plan_demand','a286ca2c283c16442dafdeeb8e293fb76a9d341519bc7b167cacd33961885ad9');
INSERT INTO plan_digest VALUES(2,'plan_independence','f4e7d65489a1a15cad12db8f2b275a8b61b758c9ad70948a056fd454ddacc28f');
INSERT INTO plan_digest VALUES(2,'plan_line','b62d77117981e8a84e332792456308a5dd1768ac1c3a4d50a974cd635140bdc1');
INSERT INTO plan_digest VALUES(2,'plan_offload','054bee098c257328178d73df140ee08d7ca9e7d6ed649b5cd07319199352dd74');
INSERT INTO plan_digest VALUES(2,'plan_own','5fc1f427ed66652f4f4f2d7d3b14be6ac87d7b481e002a918001d00384c1fecc');
INSERT INTO plan_digest VALUES(2,'plan_peg','44c671edd3fd1a32d0e6bf2d6d1d948606c33cef15417035240c3b521d324b19');
INSERT INTO plan_digest VALUES(2,'plan_period','f3466709dc12b6f74ae64a07062306524d9fb09126d207372bc83e53027ea386');
INSERT INTO plan_digest VALUES(2,'plan_power','7ecb8c6da0b0dda08341512d242d087e6f11514f61b3b940afc24f01171efdad');
INSERT INTO plan_digest VALUES(2,'plan_promise','679e92a1ce476a6d961c4e0d1806e0926e8bab27bce8aadd7f1992732dfb971d');
INSERT INTO plan_digest VALUES(2,'plan_purchase','59d4403745c81aef31d46d5837760e5208a712efeeab7507940dc3768805b2b2');
INSERT INTO plan_digest VALUES(2,'plan_row','6ff39d54c9ae2f8a2663f7e8baa4e8ea1c09879aa551ff510cb5e46c83788c2f');
INSERT INTO plan_digest VALUES(2,'plan_shipment','cfbefb2c0f92e6e93a2503fd28e206608024caf8a4ef09f560712dfcae31932b');
INSERT INTO plan_digest VALUES(2,'plan_shipment_limit','6c28e73b2dfa8b590ec33af13771e5f50090aac2fcd00167aa90ec9fde5220b9');
INSERT INTO plan_digest VALUES(2,'plan_shortage','fd2cb14716d5afacaf0cf58364abc97777ebb4ddf4a890f2a5b0edb07a31c8a4');
INSERT INTO plan_digest VALUES(2,'plan_stage','113a67b64ad140600700d89e5d6fcb741cb16f4137a76481ed31d4a4abc2a2c6');
INSERT INTO plan_digest VALUES(2,'plan_start','86b95b2bafae46f8c045321e3280bb11f5c4170651d9b45ef24600cb20a7bcfa');
INSERT INTO plan_digest VALUES(2,'plan_stock','9b2d37b50eebae2890a8a72458c9119db4292c989a4e66605be15231f16ed54c');
INSERT INTO plan_digest VALUES(2,'plan_substitution','7148dd095ddb0c672d25370666caac7c5da91fbb3bc7af350a10e2237e3cc27a');
INSERT INTO plan_digest VALUES(2,'plan_tail_period','ec899d1e1d7a0b556e7a5e9a3f344856e75bd05bb5e78523d46870128d49e276');
INSERT INTO plan_digest VALUES(2,'plan_warning','a669e99f77b19501fbcd601b9255c9c632a4b5582e13c9575a360aaa8a7d057b');
INSERT INTO plan_digest VALUES(2,'plan_wip','0b5689201c1d5ce51331b0f772c7f0539143c3bb60f009f94c4c47069cee34d2');
INSERT INTO plan_digest VALUES(2,'record','9ddc93273caf6d64fa8c40bcb6aa542d7e11ba1780f312fa3d9364e6f6e85777');
CREATE TABLE yield_hash (
    snapshot              INTEGER PRIMARY KEY REFERENCES yield_snapshot DEFERRABLE INITIALLY DEFERRED,
    content_sha256        TEXT NOT NULL CHECK (length(content_sha256) = 64),
    schema_version        INTEGER NOT NULL,
    record_sha256         TEXT NOT NULL CHECK (length(record_sha256) = 64)
) STRICT;
CREATE TABLE yield_digest (
    snapshot              INTEGER NOT NULL REFERENCES yield_snapshot DEFERRABLE INITIALLY DEFERRED,
    name                  TEXT NOT NULL,
    sha256                TEXT NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (snapshot, name)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tool_alternate_key ON tool_alternate (tool_group, alternate, COALESCE(route, ''), COALESCE(step, -1));
CREATE INDEX lot_source ON lot (source);
CREATE INDEX wafer_lot ON wafer (lot, slot);
CREATE INDEX lot_event_split ON lot_event (event, time) WHERE event = 'split' OR event = 'merge';
CREATE TRIGGER plan_no_update BEFORE UPDATE ON plan BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_no_delete BEFORE DELETE ON plan BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_period_no_update BEFORE UPDATE ON plan_period BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_period_no_delete BEFORE DELETE ON plan_period BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_start_no_update BEFORE UPDATE ON plan_start BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_start_no_delete BEFORE DELETE ON plan_start BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_line_no_update BEFORE UPDATE ON plan_line BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_line_no_delete BEFORE DELETE ON plan_line BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_shipment_no_update BEFORE UPDATE ON plan_shipment BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_shipment_no_delete BEFORE DELETE ON plan_shipment BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_stock_no_update BEFORE UPDATE ON plan_stock BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_stock_no_delete BEFORE DELETE ON plan_stock BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_capacity_no_update BEFORE UPDATE ON plan_capacity BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_capacity_no_delete BEFORE DELETE ON plan_capacity BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_offload_no_update BEFORE UPDATE ON plan_offload BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_offload_no_delete BEFORE DELETE ON plan_offload BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_purchase_no_update BEFORE UPDATE ON plan_purchase BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_purchase_no_delete BEFORE DELETE ON plan_purchase BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_delivery_no_update BEFORE UPDATE ON plan_delivery BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_delivery_no_delete BEFORE DELETE ON plan_delivery BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_budget_no_update BEFORE UPDATE ON plan_budget BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_budget_no_delete BEFORE DELETE ON plan_budget BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_power_no_update BEFORE UPDATE ON plan_power BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_power_no_delete BEFORE DELETE ON plan_power BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_substitution_no_update BEFORE UPDATE ON plan_substitution BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_substitution_no_delete BEFORE DELETE ON plan_substitution BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_shipment_limit_no_update BEFORE UPDATE ON plan_shipment_limit BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_shipment_limit_no_delete BEFORE DELETE ON plan_shipment_limit BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_promise_no_update BEFORE UPDATE ON plan_promise BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_promise_no_delete BEFORE DELETE ON plan_promise BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_column_no_update BEFORE UPDATE ON plan_column BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_column_no_delete BEFORE DELETE ON plan_column BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_row_no_update BEFORE UPDATE ON plan_row BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_row_no_delete BEFORE DELETE ON plan_row BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER yield_snapshot_no_update BEFORE UPDATE ON yield_snapshot BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_snapshot_no_delete BEFORE DELETE ON yield_snapshot BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
CREATE TRIGGER yield_estimate_no_update BEFORE UPDATE ON yield_estimate BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_estimate_no_delete BEFORE DELETE ON yield_estimate BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
CREATE TRIGGER yield_lot_no_update BEFORE UPDATE ON yield_lot BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_lot_no_delete BEFORE DELETE ON yield_lot BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
CREATE TRIGGER yield_period_no_update BEFORE UPDATE ON yield_period BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_period_no_delete BEFORE DELETE ON yield_period BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
CREATE INDEX lot_parent ON lot (parent_lot) WHERE parent_lot IS NOT NULL;
CREATE INDEX lot_event_loss ON lot_event (event, lot, seq) WHERE event = 'scrap' OR event = 'hold' OR event = 'ship';
CREATE VIEW lot_family AS
WITH RECURSIVE
    member(lot, root) AS (
        SELECT l.lot, l.lot FROM lot AS l WHERE l.parent_lot IS NULL OR NOT EXISTS (SELECT 1 FROM lot AS p WHERE p.lot = l.parent_lot)
        UNION
        SELECT child.lot, member.root FROM member JOIN lot AS child ON child.parent_lot = member.lot
    ),
    loss(lot, scrapped, shipped) AS (
        SELECT lot, SUM(CASE WHEN event = 'scrap' THEN wafers_before - wafers_after ELSE 0.0 END), SUM(CASE WHEN event = 'ship' THEN wafers_before - wafers_after ELSE 0.0 END)
        FROM lot_event
        WHERE event = 'scrap' OR event = 'ship'
        GROUP BY lot
    ),
    total AS MATERIALIZED (
        SELECT m.root,
               SUM(COALESCE(x.scrapped, 0.0)) AS scrapped,
               SUM(CASE WHEN l.status = 'done' THEN l.wafers ELSE 0.0 END + COALESCE(x.shipped, 0.0)) AS come_out,
               SUM(CASE WHEN l.status = 'active' OR l.status = 'held' THEN l.wafers ELSE 0.0 END) AS on_the_way,
               SUM(l.status = 'active' OR l.status = 'held') AS open_lots,
               MAX((SELECT e.time FROM lot_event AS e WHERE e.lot = m.lot ORDER BY e.seq DESC LIMIT 1)) AS end_time
        FROM member AS m JOIN lot AS l ON l.lot = m.lot LEFT JOIN loss AS x ON x.lot = m.lot
        GROUP BY m.root
    )
SELECT r.lot AS lot, r.source AS source, r.start_time AS start_time, t.end_time AS end_time, t.scrapped, t.come_out, t.on_the_way, t.open_lots,
       COALESCE((SELECT CASE WHEN e.event = 'start' THEN e.wafers_after ELSE e.wafers_before END FROM lot_event AS e WHERE e.lot = r.lot ORDER BY e.seq LIMIT 1),
                t.scrapped + t.come_out + t.on_the_way) AS started
FROM total AS t JOIN lot AS r ON r.lot = t.root;
CREATE VIEW history_mark AS
SELECT EXISTS (SELECT 1 FROM lot WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM tool_event WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM wafer WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM wafer_test WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM lot_event WHERE basis LIKE '%simulated%') AS simulated;
CREATE TRIGGER plan_change_no_update BEFORE UPDATE ON plan_change BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_change_no_delete BEFORE DELETE ON plan_change BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_value_no_delete BEFORE DELETE ON plan_value BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER wafer_test_changed AFTER UPDATE OF tested, good ON wafer_test WHEN new.tested <> old.tested OR new.good <> old.good BEGIN
    DELETE FROM stdf_file WHERE wafer = old.wafer AND stage = old.stage AND run = old.run;
END;
CREATE TRIGGER wafer_test_deleted AFTER DELETE ON wafer_test BEGIN
    DELETE FROM stdf_file WHERE wafer = old.wafer AND stage = old.stage AND run = old.run;
END;
CREATE VIEW wafer_run AS
SELECT t.wafer, t.stage, t.run, t.time,
       CASE t.run WHEN 1 THEN 1
                  ELSE (SELECT MAX(r.run) FROM wafer_test AS r
                        WHERE r.wafer = t.wafer AND r.stage = t.stage
                          AND r.tested >= (SELECT f.tested FROM wafer_test AS f WHERE f.wafer = t.wafer AND f.stage = t.stage ORDER BY f.run LIMIT 1)) END AS whole
FROM wafer_test AS t
WHERE NOT EXISTS (SELECT 1 FROM wafer_test AS n WHERE n.wafer = t.wafer AND n.stage = t.stage AND n.run > t.run);
CREATE VIEW wafer_map AS
WITH RECURSIVE
    shape(wafer, stage, whole, run, map) AS (
        SELECT r.wafer, r.stage, r.whole, r.run, m.map
        FROM wafer_run AS r CROSS JOIN die_map AS m ON m.wafer = r.wafer AND m.stage = r.stage AND m.run = r.whole
        WHERE r.whole < r.run
    ),
    cell(wafer, stage, whole, run, length, at) AS (
        SELECT wafer, stage, whole, run, length(map), 1 FROM shape
        UNION ALL
        SELECT wafer, stage, whole, run, length, at + 1 FROM cell WHERE at < length
    ),
    good_bin(item, mark) AS (
        SELECT item, substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', bin + 1, 1) FROM bin WHERE good = 1 AND bin < 62
        UNION ALL
        SELECT item, '1' FROM item WHERE item NOT IN (SELECT item FROM bin WHERE good = 1)
    ),
    die AS MATERIALIZED (
        SELECT c.wafer, c.stage, c.at, m.run, substr(m.map, c.at, 1) AS mark, substr(s.map, c.at, 1) = '/' AS row_end,
               EXISTS (SELECT 1 FROM good_bin AS g WHERE g.item = o.item AND g.mark = substr(m.map, c.at, 1)) AS good
        FROM cell AS c
        CROSS JOIN shape AS s ON s.wafer = c.wafer AND s.stage = c.stage
        CROSS JOIN die_map AS m ON m.wafer = c.wafer AND m.stage = c.stage AND m.run BETWEEN c.whole AND c.run AND length(m.map) = c.length
        CROSS JOIN wafer AS w ON w.wafer = c.wafer
        CROSS JOIN lot AS l ON l.lot = w.lot
        CROSS JOIN source AS o ON o.source = l.source
    ),
    serves AS (
        SELECT x.wafer, x.stage, x.run
        FROM (SELECT wafer, stage, run, SUM((mark = '/') <> row_end) AS moved, SUM(mark <> '/' AND mark <> '.') AS tested, SUM(good) AS good
              FROM die GROUP BY wafer, stage, run) AS x
        CROSS JOIN wafer_test AS t ON t.wafer = x.wafer AND t.stage = x.stage AND t.run = x.run
        WHERE x.moved = 0 AND x.tested = t.tested AND x.good = t.good
    ),
    told AS MATERIALIZED (
        SELECT v.wafer, v.stage
        FROM serves AS v CROSS JOIN shape AS s ON s.wafer = v.wafer AND s.stage = v.stage
        GROUP BY v.wafer, v.stage
        HAVING COUNT(*) = MAX(s.run - s.whole) + 1
    )
SELECT wafer, stage, COUNT(*) AS tested, SUM(good) AS good
FROM (SELECT d.wafer, d.stage, d.at, d.good, MAX(d.run) AS run
      FROM die AS d
      WHERE d.mark <> '/' AND d.mark <> '.' AND (d.wafer, d.stage) IN (SELECT wafer, stage FROM told)
      GROUP BY d.wafer, d.stage, d.at)
GROUP BY wafer, stage;
CREATE VIEW wafer_result AS
SELECT r.wafer, r.stage, r.run, r.whole, r.time,
       CASE WHEN r.whole = r.run THEN t.tested ELSE COALESCE(m.tested, t.tested) END AS tested,
       CASE WHEN r.whole = r.run THEN t.good
            ELSE COALESCE(m.good, (SELECT SUM(s.good) FROM wafer_test AS s WHERE s.wafer = r.wafer AND s.stage = r.stage AND s.run >= r.whole)) END AS good
FROM wafer_run AS r
CROSS JOIN wafer_test AS t ON t.wafer = r.wafer AND t.stage = r.stage AND t.run = r.whole
LEFT JOIN wafer_map AS m ON r.whole < r.run AND m.wafer = r.wafer AND m.stage = r.stage;
CREATE TRIGGER plan_wip_no_update BEFORE UPDATE ON plan_wip BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_wip_no_delete BEFORE DELETE ON plan_wip BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_warning_no_update BEFORE UPDATE ON plan_warning BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_warning_no_delete BEFORE DELETE ON plan_warning BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_demand_no_update BEFORE UPDATE ON plan_demand BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_demand_no_delete BEFORE DELETE ON plan_demand BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_shortage_no_update BEFORE UPDATE ON plan_shortage BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_shortage_no_delete BEFORE DELETE ON plan_shortage BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE VIEW plan_short AS
SELECT * FROM plan_demand WHERE short > 1e-6 * max(1.0, quantity);
CREATE TRIGGER plan_input_no_update BEFORE UPDATE ON plan_input BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_input_no_delete BEFORE DELETE ON plan_input BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_hash_no_update BEFORE UPDATE ON plan_hash BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_hash_no_delete BEFORE DELETE ON plan_hash BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE VIEW lot_under_way AS
WITH RECURSIVE way(lot) AS (
    SELECT lot FROM lot WHERE status IN ('active', 'held')
    UNION
    SELECT l.parent_lot FROM way JOIN lot AS l ON l.lot = way.lot WHERE l.parent_lot IS NOT NULL
)
SELECT lot FROM way;
CREATE TRIGGER plan_tail_period_no_update BEFORE UPDATE ON plan_tail_period BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_tail_period_no_delete BEFORE DELETE ON plan_tail_period BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE VIEW plan_all_period AS SELECT * FROM plan_period UNION ALL SELECT * FROM plan_tail_period;
CREATE VIEW plan_lateness AS
WITH late AS (
    SELECT s.plan, s.demand, s.period, t.number, julianday(t.start_date) AS shipped, julianday(t.start_date) - round(7 * s.late_weeks, 6) AS since,
           7 * s.late_weeks AS days, s.late_usd
    FROM plan_shipment AS s
    JOIN plan_all_period AS t ON t.plan = s.plan AND t.period = s.period
    WHERE s.late_weeks > 0),
parts AS (
    SELECT l.plan, l.demand, l.period AS shipment, u.period, u.number, l.days AS all_days, l.late_usd,
           julianday(u.start_date) - max(l.since, coalesce(julianday(b.start_date), 0)) AS days
    FROM late AS l
    JOIN plan_all_period AS u ON u.plan = l.plan AND u.number <= l.number AND julianday(u.start_date) > l.since
    LEFT JOIN plan_all_period AS b ON b.plan = u.plan AND b.number = u.number - 1)
SELECT plan, demand, shipment, -- period in which it ships
       period, days,           -- charged in it
       late_usd * days / all_days AS late_usd
FROM parts
;
CREATE TRIGGER plan_stage_no_update BEFORE UPDATE ON plan_stage BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_stage_no_delete BEFORE DELETE ON plan_stage BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_customer_no_update BEFORE UPDATE ON plan_customer BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_customer_no_delete BEFORE DELETE ON plan_customer BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_release_no_delete BEFORE DELETE ON plan_release BEGIN SELECT RAISE(ABORT, 'releases are never deleted'); END;
CREATE VIEW plan_released AS SELECT plan FROM plan_release WHERE number = (SELECT max(number) FROM plan_release);
CREATE VIEW plan_limit AS
WITH limits AS (
    SELECT plan, 'hours' AS what, tool_group AS key, '' AS part, period, used_hours AS used, available_hours AS available, usd_per_hour AS usd_per_unit FROM plan_capacity
    UNION ALL SELECT plan, 'budget', '*', '', period, spent_usd, budget_usd, usd_per_usd FROM plan_budget
    UNION ALL SELECT plan, 'power', site, '', period, used_mw, limit_mw + supply_mw, usd_per_mw FROM plan_power
    UNION ALL SELECT plan, 'floor', line, '', period, floor_used_m2, floor_m2, usd_per_m2 FROM plan_line
    UNION ALL SELECT plan, 'rate', line, '', period, starts_per_week, max_starts_per_week, usd_per_start_per_week FROM plan_line
    UNION ALL
    SELECT n.plan, 'growth', n.line, '', n.period, n.starts_per_week - b.starts_per_week, n.max_ramp_per_week * (julianday(t.start_date) - julianday(s.start_date) + (t.days - s.days) / 2) / 7, n.usd_per_ramp
    FROM plan_line AS n JOIN plan_period AS t ON t.plan = n.plan AND t.period = n.period
    JOIN plan_period AS s ON s.plan = n.plan AND s.number = t.number - 1 JOIN plan_line AS b ON b.plan = n.plan AND b.line = n.line AND b.period = s.period
    UNION ALL
    SELECT n.plan, 'fall', n.line, '', n.period, b.starts_per_week - n.starts_per_week, n.max_drop_per_week * (julianday(t.start_date) - julianday(s.start_date) + (t.days - s.days) / 2) / 7, n.usd_per_drop
    FROM plan_line AS n JOIN plan_period AS t ON t.plan = n.plan AND t.period = n.period
    JOIN plan_period AS s ON s.plan = n.plan AND s.number = t.number - 1 JOIN plan_line AS b ON b.plan = n.plan AND b.line = n.line AND b.period = s.period
    UNION ALL SELECT plan, 'starts', source, '', period, starts, max_starts, usd_per_more_start FROM plan_start
    UNION ALL SELECT plan, 'shipments', customer, item, period, shipped, max_quantity, usd_per_unit FROM plan_shipment_limit
    UNION ALL
    SELECT d.plan, 'delivery', d.tool_group, d.from_date,
           coalesce((SELECT t.period FROM plan_all_period AS t WHERE t.plan = d.plan AND t.start_date >= d.from_date ORDER BY t.number LIMIT 1),
                    (SELECT t.period FROM plan_all_period AS t WHERE t.plan = d.plan ORDER BY t.number DESC LIMIT 1)), d.tools, d.max_tools, d.usd_per_tool
    FROM plan_delivery AS d
)
SELECT p.plan, p.what, p.key, p.part, p.period, p.used, p.available, p.usd_per_unit, p.usd_per_unit * t.discount * p.available AS usd
FROM limits AS p JOIN plan_all_period AS t ON t.plan = p.plan AND t.period = p.period;
CREATE VIEW plan_full AS
SELECT * FROM plan_limit WHERE available > 0 AND used >= (1 - 1e-6) * available;
CREATE VIEW plan_binding AS
SELECT f.* FROM plan_full AS f JOIN plan AS p ON p.plan = f.plan WHERE f.usd > 1e-9 * abs(p.objective_usd);
CREATE UNIQUE INDEX driver_use_key ON driver_use (driver, item, customer, COALESCE(from_date, ''));
CREATE VIEW plan_kpi AS
WITH
    chip AS (
        SELECT o.plan, o.period, o.item, o.own_units, s.unit_value_usd,
               max(s.unit_value_usd) OVER (PARTITION BY o.plan) > 0 AS valued
        FROM plan_own AS o
        JOIN plan_stock AS s ON s.plan = o.plan AND s.item = o.item AND s.period = o.period
        WHERE o.layer = 'PK'
    ),
    due AS (SELECT plan, item, period, sum(quantity) AS quantity FROM plan_demand GROUP BY plan, item, period),
    fill AS (
        SELECT c.plan, c.period, total(c.own_units * iif(c.valued, c.unit_value_usd, 1)) AS own, total(d.quantity * iif(c.valued, c.unit_value_usd, 1)) AS wanted
        FROM chip AS c
        LEFT JOIN due AS d ON d.plan = c.plan AND d.item = c.item AND d.period = c.period
        GROUP BY c.plan, c.period
    ),
    weakest AS (
        SELECT plan, period, layer, own_share, row_number() OVER (PARTITION BY plan, period ORDER BY own_share, layer) AS place
        FROM plan_independence
        WHERE own_share IS NOT NULL
    )
SELECT plan, 'K1' AS kpi, layer AS "key", period, own_share AS value, 'share' AS unit FROM plan_independence
UNION ALL
SELECT plan, 'K2', item, period, own_units, 'units' FROM chip
UNION ALL
SELECT plan, 'K3', '', period, own / wanted, 'share' FROM fill WHERE wanted > 0
UNION ALL
SELECT plan, 'K4', layer, period, own_share, 'share' FROM weakest WHERE place = 1
UNION ALL
SELECT plan, 'K5', '', period, exp(sum(weight * ln(max(own_share, 0.01))) / sum(weight)), 'share'
FROM plan_independence
WHERE own_share IS NOT NULL AND weight > 0
GROUP BY plan, period;
CREATE TRIGGER plan_independence_no_update BEFORE UPDATE ON plan_independence BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_independence_no_delete BEFORE DELETE ON plan_independence BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_own_no_update BEFORE UPDATE ON plan_own BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_own_no_delete BEFORE DELETE ON plan_own BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_peg_no_update BEFORE UPDATE ON plan_peg BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_peg_no_delete BEFORE DELETE ON plan_peg BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_basis_no_update BEFORE UPDATE ON plan_basis BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_basis_no_delete BEFORE DELETE ON plan_basis BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_kept_no_update BEFORE UPDATE ON plan_kept BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_kept_no_delete BEFORE DELETE ON plan_kept BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE VIEW plan_kept_customer AS
SELECT plan, customer, stage, last_usd_costs, loss_usd
FROM (SELECT *, row_number() OVER (PARTITION BY plan, customer ORDER BY last_usd_costs DESC, number DESC) AS place FROM plan_kept WHERE customer <> '')
WHERE place = 1;
CREATE VIEW plan_policy AS
WITH filled AS (
    SELECT plan, customer, sum(quantity * price_usd) AS demanded_usd, sum(shipped * price_usd) AS shipped_usd FROM plan_demand GROUP BY plan, customer
)
SELECT c.plan, c.customer, f.shipped_usd / f.demanded_usd AS fill, c.profit_shipped_usd / f.demanded_usd AS fill_by_profit,
       (f.shipped_usd - c.profit_shipped_usd) / f.demanded_usd AS change, k.stage AS kept_by, k.last_usd_costs, k.loss_usd
FROM plan_customer AS c
JOIN filled AS f ON f.plan = c.plan AND f.customer = c.customer
LEFT JOIN plan_kept_customer AS k ON k.plan = c.plan AND k.customer = c.customer
WHERE (c.profit_shipped_usd IS NOT NULL OR EXISTS (SELECT 1 FROM plan_kept AS any_row WHERE any_row.plan = c.plan)) AND f.demanded_usd > 0;
CREATE TRIGGER plan_held_no_update BEFORE UPDATE ON plan_held BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_held_no_delete BEFORE DELETE ON plan_held BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_digest_no_update BEFORE UPDATE ON plan_digest BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_digest_no_delete BEFORE DELETE ON plan_digest BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_value_no_update BEFORE UPDATE ON plan_value WHEN OLD.row_sha256 IS NOT NULL OR NEW.row_sha256 IS NULL BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_release_no_update BEFORE UPDATE ON plan_release WHEN OLD.row_sha256 IS NOT NULL OR NEW.row_sha256 IS NULL BEGIN SELECT RAISE(ABORT, 'releases are never changed'); END;
CREATE TRIGGER yield_hash_no_update BEFORE UPDATE ON yield_hash BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_hash_no_delete BEFORE DELETE ON yield_hash BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
CREATE TRIGGER yield_digest_no_update BEFORE UPDATE ON yield_digest BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_digest_no_delete BEFORE DELETE ON yield_digest BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
CREATE VIEW value_words(what, words, lever) AS VALUES
    ('hour', 'hours of ', 1), ('tool', 'a tool of ', 1), ('usd', 'budget of ', 1), ('mw', 'power of ', 1), ('m2', 'floor of ', 1), ('rate', 'starts of line ', 1), ('ramp', 'ramp of line ', 1),
    ('drop', 'fall of line ', 1), ('starts', 'maximum of ', 1), ('shipments', 'what is taken by ', 1), ('delivery', 'a delivery of ', 1),
    ('unit', 'more of order ', 0), ('yield', 'yield of ', 0), ('cycle_time', 'cycle time of ', 0), ('quote', 'a new order of ', 0);
CREATE VIEW plan_step AS SELECT v.*, coalesce(w.words, v.what || ' of ') || v.key AS label, coalesce(w.lever, 0) AS lever FROM plan_value AS v LEFT JOIN value_words AS w ON w.what = v.what;
COMMIT;
