-- What one step more of a limit gains, found by solving again. Rows are added, never changed.

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
    tie                   TEXT NOT NULL,               -- limits that had to be moved along, '' when there are none
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_value_no_update BEFORE UPDATE ON plan_value BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_value_no_delete BEFORE DELETE ON plan_value BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
