-- Tools as they are: steps by lot, batch, cascade, setup and train, rework to an earlier step, and stops by cause.

-- Why a tool of the group does not run: by time (counted from the end of a stop to the start of the next, on the calendar), or by the units that it has done.
CREATE TABLE tool_down (
    tool_group    TEXT NOT NULL REFERENCES tool_group,                             -- tool group
    cause         TEXT NOT NULL CHECK (length(cause) BETWEEN 1 AND 4000),          -- breakdown or maintenance
    hours_between REAL CHECK (hours_between > 0 AND hours_between <= 1e+15),       -- hours; from the end of a stop to the start of the next
    units_between REAL CHECK (units_between > 0 AND units_between <= 1e+15),       -- units of one tool from stop to stop
    hours         REAL NOT NULL CHECK (hours BETWEEN 0 AND 1e+15),                 -- hours; of a stop
    basis         TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note          TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (tool_group, cause)
) STRICT;

-- In a period of d days a group gives 24 x d x availability x max_utilisation x tools hours.
CREATE TABLE tool_group_new (
    tool_group      TEXT NOT NULL PRIMARY KEY CHECK (length(tool_group) BETWEEN 1 AND 63),
    line            TEXT NOT NULL REFERENCES line,                                 -- line it stands in
    name            TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),         -- name shown in reports
    area            TEXT CHECK (length(area) BETWEEN 1 AND 4000),                  -- area of the fab
    tools           REAL NOT NULL CHECK (tools BETWEEN 0 AND 1e+15),               -- tools; installed at the start
    availability    REAL CHECK (availability BETWEEN 0 AND 1),                     -- fraction; share of time a tool can run, empty: computed from tool_down
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
INSERT INTO tool_group_new SELECT tool_group, line, name, area, tools, availability, max_utilisation, power_kw, price_usd, floor_m2, lead_time_days, buyable, removal_usd, life_days, supply_mw, basis, note
FROM tool_group;

-- One step of a route, or many like visits taken together. Tool hours of a unit and visit: see occupancy in src/plan/terms/occupancy.h.
CREATE TABLE route_step_new (
    route            TEXT NOT NULL REFERENCES route,
    step             INTEGER NOT NULL CHECK (step BETWEEN 0 AND 1e+15),            -- order of the steps
    name             TEXT CHECK (length(name) BETWEEN 1 AND 4000),                 -- name shown in reports
    tool_group       TEXT NOT NULL REFERENCES tool_group,                          -- tool group that does it
    visits           REAL CHECK (visits BETWEEN 0 AND 1e+15),                      -- visits per start; times the step is done; empty: 1
    minutes_per_unit REAL CHECK (minutes_per_unit BETWEEN 0 AND 1e+15),            -- tool minutes per unit; tool time of a visit
    from_frac        REAL CHECK (from_frac BETWEEN 0 AND 1),                       -- fraction; part of the cycle time where the visits begin
    to_frac          REAL CHECK (to_frac BETWEEN 0 AND 1),                         -- fraction; part of the cycle time where they end
    sample_frac      REAL CHECK (sample_frac BETWEEN 0 AND 1),                     -- fraction; share of the units that make the visit; empty: 1
    rework_frac      REAL CHECK (rework_frac >= 0 AND rework_frac < 1),            -- fraction; share of visits that are repeated; empty: 0
    scrap_frac       REAL CHECK (scrap_frac BETWEEN 0 AND 1),                      -- fraction; share of the units scrapped at the step; empty: 0
    minutes_per_lot  REAL CHECK (minutes_per_lot BETWEEN 0 AND 1e+15),             -- tool minutes per lot, shared by its units (route.lot_size)
    minutes_per_batch REAL CHECK (minutes_per_batch BETWEEN 0 AND 1e+15),          -- tool minutes per batch, shared by batch_max x batch_fill units
    batch_max        REAL CHECK (batch_max > 0 AND batch_max <= 1e+15),            -- units that a batch holds at most
    batch_fill       REAL CHECK (batch_fill > 0 AND batch_fill <= 1),              -- fraction; how full batches are; empty: 1
    interval_minutes_per_unit REAL CHECK (interval_minutes_per_unit BETWEEN 0 AND 1e+15), -- minutes from unit to unit of a cascade, in place of minutes_per_unit
    setup_minutes    REAL CHECK (setup_minutes BETWEEN 0 AND 1e+15),               -- minutes; of a setup, shared by units_per_setup units
    units_per_setup  REAL CHECK (units_per_setup > 0 AND units_per_setup <= 1e+15), -- units between two setups
    lead_minutes     REAL CHECK (lead_minutes BETWEEN 0 AND 1e+15),                -- minutes that a cascade on an empty tool holds it besides its intervals
    units_per_train  REAL CHECK (units_per_train > 0 AND units_per_train <= 1e+15), -- units that follow each other without a gap
    rework_to        INTEGER CHECK (rework_to BETWEEN 0 AND 1e+15),                -- step that repeated visits go back to, empty: this one alone
    basis            TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note             TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (route, step)
) STRICT;
INSERT INTO route_step_new (route, step, name, tool_group, visits, minutes_per_unit, from_frac, to_frac, sample_frac, rework_frac, scrap_frac, basis, note)
SELECT route, step, name, tool_group, visits, minutes_per_unit, from_frac, to_frac, sample_frac, rework_frac, scrap_frac, basis, note FROM route_step;

DROP TABLE route_step;
DROP TABLE tool_group;
PRAGMA legacy_alter_table = ON; -- views that read the tables stay as they are
ALTER TABLE tool_group_new RENAME TO tool_group;
ALTER TABLE route_step_new RENAME TO route_step;
PRAGMA legacy_alter_table = OFF;

-- Share of the calendar that a tool can run: given, or what its stops by time leave.
CREATE VIEW tool_availability AS
SELECT g.tool_group, coalesce(g.availability, 1.0 - (SELECT total(d.hours / (d.hours_between + d.hours)) FROM tool_down AS d WHERE d.tool_group = g.tool_group AND d.hours_between IS NOT NULL)) AS availability
FROM tool_group AS g;

-- Raw process time: minutes that a whole lot needs for the visits of a step, alone and at once in a tool.
CREATE VIEW step_raw_time AS
SELECT s.route, s.step,
       coalesce(s.visits, 1.0) * coalesce(s.sample_frac, 1.0) / (1.0 - coalesce(s.rework_frac, 0.0))
       * (coalesce(s.interval_minutes_per_unit, s.minutes_per_unit, 0.0) * coalesce(r.lot_size, 25.0) + coalesce(s.minutes_per_lot, 0.0) + coalesce(s.minutes_per_batch, 0.0) + coalesce(s.lead_minutes, 0.0)) AS minutes
FROM route_step AS s JOIN route AS r ON r.route = s.route;
