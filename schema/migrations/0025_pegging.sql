-- Which arrivals every shipment is made of, first in first out, its own item and through bills those that went into it. A reading of the plan, no constraint of it.

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
