-- Re-planning: what a plan is held to of an old one, and what its changes cost.

ALTER TABLE plan ADD COLUMN change_usd REAL NOT NULL DEFAULT 0; -- with the other totals it sums to objective_usd

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
