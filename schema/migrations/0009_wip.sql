-- What became of the starting work in process: what goes on, what waits, how long, and what holds it.

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
