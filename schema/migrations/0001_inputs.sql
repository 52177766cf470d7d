-- The inputs of planning: the tables of the data dictionary, plus scenarios and yield estimates.
--
-- A data set says what a fab network can make (lines, tools, routes), how items are obtained (sources), what customers want (demand) and what limits it
-- (power, floor, money, contracts). `*_from_date` rows hold until the next row of the same key; rows with from_date and to_date hold for the periods that
-- start inside [from_date, to_date). Dates are YYYY-MM-DD and end dates exclusive. Fractions are 0..1. Money is in the plan's currency, named USD here.
-- NULL means "not given": the default named in the comment, or no limit. Numbers lie within 1e15, so that no infinity gets in.
-- date(x, '+0 days') is x only for a day that exists: without the shift SQLite passes 2027-02-30 on.
-- In every table `basis` says where a figure comes from (reported, analogue, assumption) and `note` is free.

-- ---- Network ----

-- Settings of the plan, one row each. A key without a row has its default.
CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 63),
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 4000),
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note  TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

-- A place that draws power from one grid connection. Power limits and prices are per site.
CREATE TABLE site (
    site TEXT NOT NULL PRIMARY KEY CHECK (length(site) BETWEEN 1 AND 63),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),                    -- name shown in reports
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

-- A production line: a set of tool groups under one roof, or a company outside (kind external) that sells what a contract allows.
-- Power of a line = base_load_mw + facility_power_factor x the power of its running tools.
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

-- Planning periods, half-open [start_date, end_date), each beginning where the one before ends; weeks, months and quarters may follow each other.
CREATE TABLE calendar (
    period     TEXT NOT NULL PRIMARY KEY CHECK (length(period) BETWEEN 1 AND 63),
    start_date TEXT NOT NULL CHECK (date(start_date, '+0 days') IS start_date),               -- first day
    end_date   TEXT NOT NULL CHECK (date(end_date, '+0 days') IS end_date),                   -- day after the last
    basis      TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note       TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

-- Interchangeable tools. In a period of d days a group gives 24 x d x availability x max_utilisation x tools hours.
-- A cleanroom shell is a group with a negative floor, a power plant one with supply_mw.
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

-- Installed base over time: a row holds from its date until the next row of the group; before the first, tool_group.tools.
CREATE TABLE tool_count (
    tool_group TEXT NOT NULL REFERENCES tool_group,                                -- tool group
    from_date  TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                 -- from this date
    tools      REAL NOT NULL CHECK (tools BETWEEN 0 AND 1e+15),                    -- tools; installed from that date
    basis      TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note       TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (tool_group, from_date)
) STRICT;

-- How many tools of a group can be delivered in a window of dates, whatever the money (lead times of scarce tools).
CREATE TABLE tool_delivery_limit (
    tool_group TEXT NOT NULL REFERENCES tool_group,                                -- tool group
    from_date  TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                 -- from this date
    to_date    TEXT NOT NULL CHECK (date(to_date, '+0 days') IS to_date),                     -- to before this date
    max_tools  REAL NOT NULL CHECK (max_tools BETWEEN 0 AND 1e+15),                -- tools; deliveries in the window at most
    basis      TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note       TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (tool_group, from_date)
) STRICT;

-- A way through a line: the list of its steps is route_step, its planned cycle time is cycle_time.
CREATE TABLE route (
    route    TEXT NOT NULL PRIMARY KEY CHECK (length(route) BETWEEN 1 AND 63),
    line     TEXT NOT NULL REFERENCES line,                                        -- line it runs on
    name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),                -- name shown in reports
    lot_size REAL CHECK (lot_size > 0 AND lot_size <= 1e+15),                      -- units; units in a lot; empty: 25
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

-- One step of a route, or many like visits taken together.
-- Tool hours per start = visits x minutes_per_unit / 60 x sample_frac / (1 - rework_frac) x the share that survived the scrap of the steps before.
-- The hours fall evenly on the part from_frac..to_frac of the cycle time (neither given: the step's place among the steps; one given: a point).
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

-- Hours of a tool group that another group can do, of every route, of one route, or of one of its steps.
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

-- Planned days from start to finished, by date of start; a row holds until the next one of the route. It need not be whole days.
CREATE TABLE cycle_time (
    route     TEXT NOT NULL REFERENCES route,
    from_date TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                  -- from this date
    days      REAL NOT NULL CHECK (days BETWEEN 0 AND 1e+15),                      -- days; planned cycle time of starts from that date
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (route, from_date)
) STRICT;

-- Anything that can be stocked, consumed or shipped: a die (one item for each bin), a memory stack, a substrate, a finished chip.
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

-- Units on hand when the plan begins.
CREATE TABLE stock (
    item    TEXT NOT NULL PRIMARY KEY REFERENCES item,
    on_hand REAL NOT NULL CHECK (on_hand BETWEEN 0 AND 1e+15),                     -- units; stock at the start
    basis   TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note    TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

-- Open orders: they arrive on their date whatever is planned.
CREATE TABLE receipt (
    item     TEXT NOT NULL REFERENCES item,
    date     TEXT NOT NULL CHECK (date(date, '+0 days') IS date),                             -- day of arrival
    quantity REAL NOT NULL CHECK (quantity BETWEEN 0 AND 1e+15),                   -- units; open order, arrives whatever is planned
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (item, date)
) STRICT;

-- Bill of materials: components that go into one unit of an item. Consumed in the period of the start. It must not loop.
CREATE TABLE bom (
    item      TEXT NOT NULL REFERENCES item,                                       -- what is made
    component TEXT NOT NULL REFERENCES item,                                       -- what goes in
    quantity  REAL NOT NULL CHECK (quantity > 0 AND quantity <= 1e+15),            -- units per unit; components in one unit
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (item, component)
) STRICT;

-- One unit of item serves as one unit of instead_of (a higher bin for a lower one).
CREATE TABLE substitute (
    item         TEXT NOT NULL REFERENCES item,                                    -- item that serves
    instead_of   TEXT NOT NULL REFERENCES item,                                    -- item it serves as
    usd_per_unit REAL CHECK (usd_per_unit BETWEEN 0 AND 1e+15),                    -- USD per unit; cost of the change; empty: 0
    basis        TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note         TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (item, instead_of)
) STRICT;

-- ---- Yield ----

-- Random defects and how they are learned away:
-- D0(t) = mature + (start - mature) x 0.5 ^ (days since learning_start / halflife_days), start before learning_start; line yield likewise.
-- Unit yield = systematic_yield x model(critical area x D0). D0 is that of the full process, for bose_einstein that of one critical layer.
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

-- Geometry of a die, for its gross die per wafer and its yield.
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

-- ---- Sources ----

-- One way to obtain an item: made on a route of a line, or bought with a lead time. What is planned are its starts per period (wafers or units).
-- Good units = starts x units_per_start x line yield x unit yield.
CREATE TABLE source (
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
    basis           TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note            TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

-- Cost of one start (a wafer, a package, a bought unit); a row holds from its date until the next one of the source.
CREATE TABLE source_cost (
    source        TEXT NOT NULL REFERENCES source,
    from_date     TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),              -- from this date
    usd_per_start REAL NOT NULL CHECK (usd_per_start BETWEEN 0 AND 1e+15),         -- USD per start; cost of a start
    basis         TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note          TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (source, from_date)
) STRICT;

-- Contracts and qualifications: starts a week in [from_date, to_date). A minimum may be broken for a penalty, and the plan says so.
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

-- Starts a week over all sources of a line, and how fast they may grow.
CREATE TABLE line_limit (
    line                TEXT NOT NULL REFERENCES line,
    from_date           TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),        -- from this date
    to_date             TEXT NOT NULL CHECK (date(to_date, '+0 days') IS to_date),            -- to before this date
    max_starts_per_week REAL CHECK (max_starts_per_week BETWEEN 0 AND 1e+15),      -- starts per week; of all the line's sources
    max_ramp_per_week   REAL CHECK (max_ramp_per_week BETWEEN 0 AND 1e+15),        -- starts per week, per week; growth of the weekly rate
    basis               TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note                TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (line, from_date)
) STRICT;

-- Bins: the share of a source's good units that comes out as each item. No rows: all of it is source.item. Shares sum to at most 1, the rest is lost.
CREATE TABLE source_output (
    source TEXT NOT NULL REFERENCES source,
    item   TEXT NOT NULL REFERENCES item,                                          -- item that comes out
    share  REAL NOT NULL CHECK (share BETWEEN 0 AND 1),                            -- fraction; of the good units
    basis  TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note   TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (source, item)
) STRICT;

-- Yields that win over those of the process; a row holds from its date until the next one of the source.
CREATE TABLE source_yield (
    source     TEXT NOT NULL REFERENCES source,
    from_date  TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                 -- from this date
    line_yield REAL NOT NULL CHECK (line_yield BETWEEN 0 AND 1),                   -- fraction; starts that come out
    unit_yield REAL NOT NULL CHECK (unit_yield BETWEEN 0 AND 1),                   -- fraction; good units of those
    basis      TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note       TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (source, from_date)
) STRICT;

-- Share of a source's output that stops if a region does (materials, equipment service, licences). Shares of a source need not sum to 1.
CREATE TABLE dependency (
    source TEXT NOT NULL REFERENCES source,
    region TEXT NOT NULL CHECK (length(region) BETWEEN 1 AND 4000),                -- region it depends on
    share  REAL NOT NULL CHECK (share BETWEEN 0 AND 1),                            -- fraction; of the output that stops if the region does
    basis  TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note   TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (source, region)
) STRICT;

-- ---- Demand and limits ----

-- Who orders. min_fill is a promise: the share of each demand that must be shipped or paid for.
CREATE TABLE customer (
    customer    TEXT NOT NULL PRIMARY KEY CHECK (length(customer) BETWEEN 1 AND 63),
    name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),             -- name shown in reports
    priority    REAL CHECK (priority BETWEEN 0 AND 1e+15),                         -- rank; 1 is served first by policy priority; empty: 1
    weight      REAL CHECK (weight > 0 AND weight <= 1e+15),                       -- weight of policy fair; empty: 1
    entitlement REAL CHECK (entitlement BETWEEN 0 AND 1),                          -- fraction; share of every capacity, of policy entitlement; empty: 0
    min_fill    REAL CHECK (min_fill BETWEEN 0 AND 1),                             -- fraction; promised share of each demand; empty: 0
    parent      TEXT CHECK (length(parent) BETWEEN 1 AND 4000),                    -- company it belongs to
    basis       TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note        TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

-- A customer wants a quantity of an item in the period of due_date. Shipped later (at most max_late_days) it costs late_usd_per_week, never shipped shortage_usd.
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

-- What a customer can take a week (launch cadence, racks, assembly plants).
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

-- Average power and its price at a site; a row holds from its date until the next one of the site.
CREATE TABLE power_limit (
    site        TEXT NOT NULL REFERENCES site,
    from_date   TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),                -- from this date
    mw          REAL NOT NULL CHECK (mw BETWEEN 0 AND 1e+15),                      -- MW; average power at most
    usd_per_mwh REAL CHECK (usd_per_mwh BETWEEN 0 AND 1e+15),                      -- USD per MWh; price of energy; empty: 0
    basis       TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note        TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (site, from_date)
) STRICT;

-- Money for tools that becomes available on a date; amounts add up.
CREATE TABLE capex_budget (
    from_date TEXT NOT NULL PRIMARY KEY CHECK (date(from_date, '+0 days') IS from_date),      -- day it becomes available
    usd       REAL NOT NULL CHECK (usd BETWEEN 0 AND 1e+15),                       -- USD; amount added to the budget
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

-- ---- Wafer-lot history, as the fab's execution system exports it. Times are local to the fab. ----
-- Millions of rows: comparisons instead of IN lists, which SQLite would build anew for every row, and WITHOUT ROWID where the key is composite: one tree, in
-- the order of the key, instead of a table and an index.

-- A lot of wafers. Lots that are active or held are the starting work in process of a plan.
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

-- A wafer and the lot it lies in now.
CREATE TABLE wafer (
    wafer TEXT NOT NULL PRIMARY KEY CHECK (length(wafer) BETWEEN 1 AND 63),
    lot   TEXT NOT NULL REFERENCES lot,                                            -- lot it lies in
    slot  INTEGER CHECK (slot BETWEEN 0 AND 2000000000),                           -- place in the carrier
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note  TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
CREATE INDEX wafer_lot ON wafer (lot, slot);

-- What happened to a lot, in order: moves, splits, holds, scrap.
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
-- splits and merges are few, and are checked against those of other lots
CREATE INDEX lot_event_split ON lot_event (event, time) WHERE event = 'split' OR event = 'merge';

-- What the bins of a die mean, and the item a good one becomes.
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

-- Good die of tested die of a wafer. Run 2 is a retest.
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

-- Die of a wafer in each bin.
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

-- Where the die of each bin lie: rows from the top, separated by /.
CREATE TABLE die_map (
    wafer TEXT NOT NULL REFERENCES wafer,
    stage TEXT NOT NULL CHECK (stage IN ('sort', 'final')),                        -- test stage
    run   INTEGER NOT NULL CHECK (run BETWEEN 1 AND 2000000000),                   -- run of the test
    map   TEXT NOT NULL CHECK (length(map) BETWEEN 1 AND 4000),                    -- one character per die, rows separated by /, . = no die
    basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note  TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (wafer, stage, run)
) STRICT;

-- States of single tools after SEMI E10: availability is measured from them.
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

-- ---- Seal ----

-- The hash of the inputs as they were last written. When the tables have another one on opening, a byte of the file has turned or another program
-- has changed them: SQLite itself keeps no checksums of values.
CREATE TABLE input_seal (
    seal          INTEGER PRIMARY KEY CHECK (seal = 1),                         -- one row
    inputs_sha256 TEXT NOT NULL CHECK (length(inputs_sha256) = 64)
) STRICT;

-- ---- Scenarios and estimates ----

-- A named set of changes on the inputs. A scenario may build on another.
CREATE TABLE scenario (
    scenario TEXT NOT NULL PRIMARY KEY CHECK (length(scenario) BETWEEN 1 AND 63),
    name     TEXT CHECK (length(name) BETWEEN 1 AND 4000),
    base     TEXT REFERENCES scenario,                                          -- applied first
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

-- One change; a scenario's changes are applied in the order of seq.
CREATE TABLE scenario_change (
    scenario  TEXT NOT NULL REFERENCES scenario,
    seq       INTEGER NOT NULL CHECK (seq >= 1),
    "table"   TEXT NOT NULL,                                                    -- an input table
    key       TEXT NOT NULL,                                                    -- which rows
    "column"  TEXT NOT NULL,
    operation TEXT NOT NULL CHECK (operation IN ('set', 'scale', 'add')),
    value     TEXT,                                                             -- set: the new value; scale: a factor; add: a number
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (scenario, seq)
) STRICT;

-- What the wafer-lot history says about a yield. Never changed once written: a new estimate is a new row.
-- D0 and alpha come apart only through the variance between wafers; where the data do not identify them they are NULL.
CREATE TABLE yield_estimate (
    estimate     INTEGER PRIMARY KEY,
    created_utc  TEXT NOT NULL,
    item         TEXT NOT NULL,                                                 -- the die before binning
    source       TEXT,                                                          -- NULL: all sources of the item
    process      TEXT,
    stage        TEXT NOT NULL CHECK (stage IN ('sort', 'final')),
    method       TEXT NOT NULL,                                                 -- moments, beta_binomial, gamma_poisson, learning_curve
    window_start TEXT CHECK (date(window_start, '+0 days') IS window_start),               -- by process-out date
    window_end   TEXT CHECK (date(window_end, '+0 days') IS window_end),                   -- exclusive
    lots         INTEGER NOT NULL CHECK (lots >= 0),
    wafers       INTEGER NOT NULL CHECK (wafers >= 0),
    tested       INTEGER NOT NULL CHECK (tested >= 0),                          -- die
    good         INTEGER NOT NULL CHECK (good BETWEEN 0 AND tested),            -- die
    d0_per_cm2   REAL CHECK (d0_per_cm2 BETWEEN 0 AND 1e15),                    -- full process; per critical layer for bose_einstein
    alpha        REAL CHECK (alpha > 0 AND alpha <= 1e15),                      -- clustering
    mean         REAL NOT NULL CHECK (mean BETWEEN 0 AND 1),                    -- unit yield, fraction
    p10          REAL CHECK (p10 BETWEEN 0 AND 1),                              -- planning yields: 10 % of outcomes are below
    p50          REAL CHECK (p50 BETWEEN 0 AND 1),
    p90          REAL CHECK (p90 BETWEEN 0 AND 1),
    log_likelihood REAL,
    excluded     INTEGER NOT NULL DEFAULT 0 CHECK (excluded >= 0),              -- wafers left out as excursions
    note         TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

CREATE TRIGGER yield_estimate_no_update BEFORE UPDATE ON yield_estimate
BEGIN
    SELECT RAISE(ABORT, 'estimates are never changed');
END;
CREATE TRIGGER yield_estimate_no_delete BEFORE DELETE ON yield_estimate
BEGIN
    SELECT RAISE(ABORT, 'estimates are never deleted');
END;
