-- Schema 31: what the migrations make, written by scripts/schema. New databases start from it.

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 63),
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 4000),
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note  TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

CREATE TABLE site (
    site TEXT NOT NULL PRIMARY KEY CHECK (length(site) BETWEEN 1 AND 63),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),                    -- name shown in reports
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

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

CREATE TABLE calendar (
    period     TEXT NOT NULL PRIMARY KEY CHECK (length(period) BETWEEN 1 AND 63),
    start_date TEXT NOT NULL CHECK (date(start_date, '+0 days') IS start_date),               -- first day
    end_date   TEXT NOT NULL CHECK (date(end_date, '+0 days') IS end_date),                   -- day after the last
    basis      TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note       TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

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

CREATE TABLE route (
    route    TEXT NOT NULL PRIMARY KEY CHECK (length(route) BETWEEN 1 AND 63),
    line     TEXT NOT NULL REFERENCES line,                                        -- line it runs on
    name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),                -- name shown in reports
    lot_size REAL CHECK (lot_size > 0 AND lot_size <= 1e+15),                      -- units; units in a lot; empty: 25
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

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

CREATE TABLE tool_alternate (
    tool_group  TEXT NOT NULL REFERENCES tool_group,                               -- tool group whose hours move
    alternate   TEXT NOT NULL REFERENCES tool_group,                               -- tool group that takes them
    route       TEXT REFERENCES route,                                             -- only of this route
    step        INTEGER CHECK (step BETWEEN 0 AND 1e+15),                          -- only of this step of the route
    hours_ratio REAL CHECK (hours_ratio > 0 AND hours_ratio <= 1e+15),             -- hours per hour; hours on the alternate per hour moved; empty: 1
    basis       TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note        TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

CREATE UNIQUE INDEX tool_alternate_key ON tool_alternate (tool_group, alternate, COALESCE(route, ''), COALESCE(step, -1));

CREATE TABLE cycle_time (
    route     TEXT NOT NULL REFERENCES route,
    from_date TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                  -- from this date
    days      REAL NOT NULL CHECK (days BETWEEN 0 AND 1e+15),                      -- days; planned cycle time of starts from that date
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (route, from_date)
) STRICT;

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

CREATE TABLE stock (
    item    TEXT NOT NULL PRIMARY KEY REFERENCES item,
    on_hand REAL NOT NULL CHECK (on_hand BETWEEN 0 AND 1e+15),                     -- units; stock at the start
    basis   TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note    TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

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

CREATE TABLE power_limit (
    site        TEXT NOT NULL REFERENCES site,
    from_date   TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                -- from this date
    mw          REAL NOT NULL CHECK (mw BETWEEN 0 AND 1e+15),                      -- MW; average power at most
    usd_per_mwh REAL CHECK (usd_per_mwh BETWEEN 0 AND 1e+15),                      -- USD per MWh; price of energy; empty: 0
    basis       TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note        TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (site, from_date)
) STRICT;

CREATE TABLE capex_budget (
    from_date TEXT NOT NULL PRIMARY KEY CHECK (date(from_date, '+0 days') IS from_date),      -- day it becomes available
    usd       REAL NOT NULL CHECK (usd BETWEEN 0 AND 1e+15),                       -- USD; amount added to the budget
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

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

CREATE INDEX lot_source ON lot (source);

CREATE TABLE wafer (
    wafer TEXT NOT NULL PRIMARY KEY CHECK (length(wafer) BETWEEN 1 AND 63),
    lot   TEXT NOT NULL REFERENCES lot,                                            -- lot it lies in
    slot  INTEGER CHECK (slot BETWEEN 0 AND 2000000000),                           -- place in the carrier
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note  TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

CREATE INDEX wafer_lot ON wafer (lot, slot);

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

CREATE INDEX lot_event_split ON lot_event (event, time) WHERE event = 'split' OR event = 'merge';

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

CREATE TABLE plan_budget (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    period                TEXT NOT NULL,
    budget_usd            REAL,                        -- cumulative, NULL: no limit
    spent_usd             REAL NOT NULL,               -- cumulative price of the tools ordered
    usd_per_usd           REAL NOT NULL,               -- value of one more dollar
    PRIMARY KEY (plan, period)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE plan_substitution (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    item                  TEXT NOT NULL,
    instead_of            TEXT NOT NULL,
    period                TEXT NOT NULL,
    quantity              REAL NOT NULL,
    usd                   REAL NOT NULL,
    PRIMARY KEY (plan, item, instead_of, period)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE plan_column (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,
    value                 REAL NOT NULL, family TEXT, key TEXT, period TEXT,
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_row (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,
    multiplier            REAL NOT NULL, family TEXT, key TEXT, period TEXT,
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE "dependency" (
    source   TEXT NOT NULL REFERENCES source,
    region   TEXT NOT NULL CHECK (length(region) BETWEEN 1 AND 4000),              -- region it depends on
    share    REAL NOT NULL CHECK (share BETWEEN 0 AND 1),                          -- fraction; of the output that stops if the region does
    lag_days REAL CHECK (lag_days BETWEEN 0 AND 1e+15),                            -- days; it stops, and comes back, that much later; empty: 0
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (source, region)
) STRICT;

CREATE TABLE "receipt" (
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

CREATE TRIGGER plan_change_no_update BEFORE UPDATE ON plan_change BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_change_no_delete BEFORE DELETE ON plan_change BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

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

CREATE TRIGGER plan_value_no_delete BEFORE DELETE ON plan_value BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

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

CREATE TRIGGER plan_wip_no_update BEFORE UPDATE ON plan_wip BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_wip_no_delete BEFORE DELETE ON plan_wip BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE TABLE plan_warning (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 1, 2, ... as said
    text                  TEXT NOT NULL,
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_warning_no_update BEFORE UPDATE ON plan_warning BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_warning_no_delete BEFORE DELETE ON plan_warning BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE TABLE "plan_demand" (
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

CREATE TABLE "plan_shortage" (
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

CREATE TRIGGER plan_demand_no_update BEFORE UPDATE ON plan_demand BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_demand_no_delete BEFORE DELETE ON plan_demand BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE TRIGGER plan_shortage_no_update BEFORE UPDATE ON plan_shortage BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_shortage_no_delete BEFORE DELETE ON plan_shortage BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE VIEW plan_short AS
SELECT * FROM plan_demand WHERE short > 1e-6 * max(1.0, quantity);

CREATE TABLE plan_input (
    sha256                TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- of the text
    size                  INTEGER NOT NULL CHECK (size >= 0),                    -- bytes of the text
    content               BLOB NOT NULL
) STRICT;

CREATE TRIGGER plan_input_no_update BEFORE UPDATE ON plan_input BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_input_no_delete BEFORE DELETE ON plan_input BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE TABLE plan_hash (
    plan                  INTEGER PRIMARY KEY REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    content_sha256        TEXT NOT NULL CHECK (length(content_sha256) = 64)
, schema_version INTEGER, record_sha256 TEXT CHECK (length(record_sha256) = 64)) STRICT;

CREATE TRIGGER plan_hash_no_update BEFORE UPDATE ON plan_hash BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_hash_no_delete BEFORE DELETE ON plan_hash BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE VIEW lot_under_way AS
WITH RECURSIVE way(lot) AS (
    SELECT lot FROM lot WHERE status IN ('active', 'held')
    UNION
    SELECT l.parent_lot FROM way JOIN lot AS l ON l.lot = way.lot WHERE l.parent_lot IS NOT NULL
)
SELECT lot FROM way;

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
FROM parts;

CREATE TABLE "customer" (
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

CREATE TABLE plan_customer (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    customer              TEXT NOT NULL,
    wanted_usd            REAL NOT NULL,               -- W: the whole quantity of its orders in their due periods, discounted
    served_usd            REAL NOT NULL,               -- V: price of all shipments, discounted
    profit_shipped_usd    REAL,                        -- shipments of the plan of policy `profit`, undiscounted; NULL: this is it
    PRIMARY KEY (plan, customer)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_stage_no_update BEFORE UPDATE ON plan_stage BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_stage_no_delete BEFORE DELETE ON plan_stage BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE TRIGGER plan_customer_no_update BEFORE UPDATE ON plan_customer BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_customer_no_delete BEFORE DELETE ON plan_customer BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE TABLE "line_limit" (
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

CREATE TABLE "scenario" (
    scenario      TEXT NOT NULL PRIMARY KEY CHECK (length(scenario) BETWEEN 1 AND 63),
    name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),                   -- shown in reports
    surprise_from TEXT CHECK (date(surprise_from, '+0 days') IS surprise_from)             -- nobody knows of it before; NULL: known from the start
) STRICT, WITHOUT ROWID;

CREATE TABLE "scenario_change" (
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

CREATE UNIQUE INDEX driver_use_key ON driver_use (driver, item, customer, COALESCE(from_date, ''));

CREATE TABLE layer (
    layer     TEXT NOT NULL PRIMARY KEY CHECK (length(layer) BETWEEN 1 AND 63),
    name      TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),               -- name shown in reports
    weight    REAL NOT NULL CHECK (weight BETWEEN 0 AND 1e+15),                    -- of independence
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

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

CREATE TRIGGER plan_peg_no_update BEFORE UPDATE ON plan_peg BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_peg_no_delete BEFORE DELETE ON plan_peg BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE TABLE plan_basis (
    plan                  INTEGER PRIMARY KEY REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    row_status            TEXT NOT NULL,
    column_status         TEXT NOT NULL
) STRICT;

CREATE TRIGGER plan_basis_no_update BEFORE UPDATE ON plan_basis BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_basis_no_delete BEFORE DELETE ON plan_basis BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE TABLE "plan_kept" (
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

CREATE TRIGGER plan_held_no_update BEFORE UPDATE ON plan_held BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_held_no_delete BEFORE DELETE ON plan_held BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE TABLE "source" (
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

CREATE TABLE plan_digest (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    name                  TEXT NOT NULL,
    sha256                TEXT NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (plan, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_digest_no_update BEFORE UPDATE ON plan_digest BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_digest_no_delete BEFORE DELETE ON plan_digest BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

CREATE TRIGGER plan_value_no_update BEFORE UPDATE ON plan_value WHEN OLD.row_sha256 IS NOT NULL OR NEW.row_sha256 IS NULL BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

CREATE TRIGGER plan_release_no_update BEFORE UPDATE ON plan_release WHEN OLD.row_sha256 IS NOT NULL OR NEW.row_sha256 IS NULL BEGIN SELECT RAISE(ABORT, 'releases are never changed'); END;

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

CREATE TRIGGER yield_hash_no_update BEFORE UPDATE ON yield_hash BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;

CREATE TRIGGER yield_hash_no_delete BEFORE DELETE ON yield_hash BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;

CREATE TRIGGER yield_digest_no_update BEFORE UPDATE ON yield_digest BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;

CREATE TRIGGER yield_digest_no_delete BEFORE DELETE ON yield_digest BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
