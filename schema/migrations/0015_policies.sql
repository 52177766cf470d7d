-- Policies: the stages of a plan, who was served what share, and the rows that keep what a stage reached.

-- A weight of 0 leaves a customer to the profit.
CREATE TABLE customer_new (
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
INSERT INTO customer_new SELECT * FROM customer;
DROP TABLE customer;
ALTER TABLE customer_new RENAME TO customer;

-- Profit of policy `profit` less the plan's, discounted; 0 within the two gaps.
ALTER TABLE plan ADD COLUMN policy_price_usd REAL NOT NULL DEFAULT 0;

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

CREATE TABLE plan_kept (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 0, 1, ...: the order of the rows in the program
    customer              TEXT NOT NULL,               -- of kind served: one row for each customer; '' else
    stage                 TEXT NOT NULL,               -- that found the value
    kind                  TEXT NOT NULL CHECK (kind IN ('profit', 'promises', 'served')),
    least                 REAL NOT NULL,               -- right side: profit without its constant, minus the value of broken promises, value served
    last_usd_costs        REAL NOT NULL,               -- profit that the last USD of it costs at least
    loss_usd              REAL,                        -- profit without the row less profit, solved again; NULL: not tested
    PRIMARY KEY (plan, number, customer)
) STRICT, WITHOUT ROWID;

-- What a policy changes for each customer, at the prices of its orders, undiscounted; nothing for policy profit.
CREATE VIEW plan_policy AS
WITH filled AS (
    SELECT plan, customer, sum(quantity * price_usd) AS demanded_usd, sum(shipped * price_usd) AS shipped_usd FROM plan_demand GROUP BY plan, customer
)
SELECT c.plan, c.customer, f.shipped_usd / f.demanded_usd AS fill, c.profit_shipped_usd / f.demanded_usd AS fill_by_profit,
       (f.shipped_usd - c.profit_shipped_usd) / f.demanded_usd AS change, k.stage AS kept_by, k.last_usd_costs, k.loss_usd
FROM plan_customer AS c
JOIN filled AS f ON f.plan = c.plan AND f.customer = c.customer
LEFT JOIN plan_kept AS k ON k.plan = c.plan AND k.customer = c.customer
WHERE c.profit_shipped_usd IS NOT NULL AND f.demanded_usd > 0;

CREATE TRIGGER plan_stage_no_update BEFORE UPDATE ON plan_stage BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_stage_no_delete BEFORE DELETE ON plan_stage BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_customer_no_update BEFORE UPDATE ON plan_customer BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_customer_no_delete BEFORE DELETE ON plan_customer BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_kept_no_update BEFORE UPDATE ON plan_kept BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_kept_no_delete BEFORE DELETE ON plan_kept BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
