-- What one more unit of an order costs over its whole window; what is short, full and binding.

-- An order that no source could deliver at any price has no cost.
CREATE TABLE plan_demand_new (
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
INSERT INTO plan_demand_new SELECT plan, demand, customer, item, period, class, quantity, price_usd, shipped, short, promised, lack, shortage_usd, commitment_usd, usd_per_unit, period FROM plan_demand;
DROP TABLE plan_demand;
ALTER TABLE plan_demand_new RENAME TO plan_demand;

CREATE TABLE plan_shortage_new (
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
INSERT INTO plan_shortage_new SELECT plan, demand, rank, family, key, label, period, binding, usd_per_unit, amount, unit, usd_per_amount FROM plan_shortage;
DROP TABLE plan_shortage;
ALTER TABLE plan_shortage_new RENAME TO plan_shortage;

CREATE TRIGGER plan_demand_no_update BEFORE UPDATE ON plan_demand BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_demand_no_delete BEFORE DELETE ON plan_demand BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_shortage_no_update BEFORE UPDATE ON plan_shortage BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_shortage_no_delete BEFORE DELETE ON plan_shortage BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

-- planning-model.md, "Values": the one definition each of short, full and binding (in C: src/plan/read/view.h; in sheets: reports/constants).
CREATE VIEW plan_short AS
SELECT * FROM plan_demand WHERE short > 1e-6 * max(1.0, quantity);

CREATE VIEW plan_full AS
SELECT * FROM plan_capacity WHERE available_hours > 0 AND used_hours >= (1 - 1e-6) * available_hours;

CREATE VIEW plan_binding AS
SELECT f.*
FROM plan_full AS f
JOIN plan_period AS t ON t.plan = f.plan AND t.period = f.period
JOIN plan AS p ON p.plan = f.plan
WHERE f.usd_per_hour * t.discount * f.available_hours > 1e-9 * abs(p.objective_usd);
