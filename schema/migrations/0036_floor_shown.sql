-- What a plan shows of tools as they are: what hours are spent on, what is lost by cause, how full tools are of their uptime. NULL in plans from before.

ALTER TABLE plan_capacity ADD COLUMN process_hours REAL;         -- of load_hours: by unit or interval
ALTER TABLE plan_capacity ADD COLUMN lot_hours REAL;             -- by lot
ALTER TABLE plan_capacity ADD COLUMN batch_hours REAL;           -- by batch
ALTER TABLE plan_capacity ADD COLUMN setup_hours REAL;           -- setups
ALTER TABLE plan_capacity ADD COLUMN lead_hours REAL;            -- cascades on an empty tool
ALTER TABLE plan_capacity ADD COLUMN rework_hours REAL;          -- repeated passes, but for maintenance
ALTER TABLE plan_capacity ADD COLUMN maintenance_hours REAL;     -- stops by units
ALTER TABLE plan_capacity ADD COLUMN lost_hours REAL;            -- of the calendar, in which tools cannot run: 24 d (1 - A) N
ALTER TABLE plan_capacity ADD COLUMN utilisation_of_uptime REAL; -- (used - maintenance) / (24 d A N - maintenance), 0 with nothing to run in
ALTER TABLE plan_capacity ADD COLUMN starts REAL;                -- that load_hours carry: of each source its hours over those of a start
ALTER TABLE plan_capacity ADD COLUMN starts_full_batches REAL;   -- that the same hours would carry with full batches, NULL without load
ALTER TABLE plan_capacity ADD COLUMN starts_without_gaps REAL;   -- without setups and gaps, NULL without load

CREATE TABLE plan_down (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    tool_group            TEXT NOT NULL,
    cause                 TEXT NOT NULL,
    period                TEXT NOT NULL,
    per                   TEXT NOT NULL CHECK (per IN ('hours', 'units')), -- stops by time, part of lost_hours; or by units, part of maintenance_hours
    hours                 REAL NOT NULL,
    PRIMARY KEY (plan, tool_group, cause, period)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_down_no_update BEFORE UPDATE ON plan_down BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_down_no_delete BEFORE DELETE ON plan_down BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

-- Tool groups of a plan with all that is known of their time. lost_by_cause: "BREAK 16.8; PM 3.9" in hours, most first.
CREATE VIEW plan_tool AS
SELECT c.*, (SELECT group_concat(cause || ' ' || printf('%.6g', hours), '; ')
             FROM (SELECT d.cause, d.hours FROM plan_down AS d WHERE d.plan = c.plan AND d.tool_group = c.tool_group AND d.period = c.period ORDER BY d.hours DESC, d.cause)) AS lost_by_cause
FROM plan_capacity AS c;
