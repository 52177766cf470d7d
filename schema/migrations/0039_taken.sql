-- Going on from a plan: what was taken over from it.

CREATE TABLE plan_taken (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 1, 2, ...
    kind                  TEXT NOT NULL CHECK (kind IN ('tools', 'shipped', 'rate', 'stock', 'starts', 'gone', 'waiting')),
    key                   TEXT NOT NULL,               -- tool group; order; line; item; source of starts, of lots that have gone on, of lots that wait
    begin_day             REAL NOT NULL,               -- from the plan's first day: tools: of delivery, or of removal; rate: middle of its period; starts, gone: they went on from then ...
    end_day               REAL NOT NULL,               -- ... to then (equal: at once); waiting: may go on from begin_day on
    quantity              REAL NOT NULL,               -- tools (below 0: removed), units shipped, starts a week, units on hand, starts or wafers
    usd                   REAL NOT NULL,               -- price of the tools
    progress              REAL NOT NULL,               -- done part of the cycle time, of wafers when they went on
    lead_days             REAL NOT NULL,               -- of starts and of wafers that have gone on: the whole cycle time
    good_units            REAL NOT NULL,               -- and good units of one
    start_date            TEXT,                        -- of starts, and of wafers the earliest of their lots: bills and outputs are of it
    held                  INTEGER NOT NULL,            -- 1: wafers of held lots
    done                  TEXT,                        -- steps that are recorded as done, and the share of the wafers: 10=1 20=0.5
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_taken_no_update BEFORE UPDATE ON plan_taken BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_taken_no_delete BEFORE DELETE ON plan_taken BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
