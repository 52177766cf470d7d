-- Stages that make a layer independent: more kinds of values that rows keep.

DROP VIEW plan_policy;
DROP VIEW plan_kept_customer;

CREATE TABLE plan_kept_new (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 0, 1, ...: the order of the rows in the program
    customer              TEXT NOT NULL,               -- of kind served: one row for each customer; '' else
    stage                 TEXT NOT NULL,               -- that found the value; 'fill': asked for
    kind                  TEXT NOT NULL CHECK (kind IN ('profit', 'promises', 'served', 'capital', 'lateness', 'movement', 'independence:LO', 'independence:ME', 'independence:PK')),
    least                 REAL NOT NULL,               -- right side: profit and independence without their constants, value served, minus the value of broken promises, capital, lateness or movement
    reversed              INTEGER NOT NULL DEFAULT 0 CHECK (reversed IN (0, 1)), -- 1: minus that is kept at least
    last_usd_costs        REAL NOT NULL,               -- profit that the last USD of it costs at least
    loss_usd              REAL,                        -- profit without the row less profit, solved again; NULL: not tested
    PRIMARY KEY (plan, number, customer)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_kept_new SELECT * FROM plan_kept;
DROP TABLE plan_kept;
ALTER TABLE plan_kept_new RENAME TO plan_kept;
CREATE TRIGGER plan_kept_no_update BEFORE UPDATE ON plan_kept BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_kept_no_delete BEFORE DELETE ON plan_kept BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

-- Of the rows that keep a customer's value the one that costs most, of equal ones the last.
CREATE VIEW plan_kept_customer AS
SELECT plan, customer, stage, last_usd_costs, loss_usd
FROM (SELECT *, row_number() OVER (PARTITION BY plan, customer ORDER BY last_usd_costs DESC, number DESC) AS place FROM plan_kept WHERE customer <> '')
WHERE place = 1;

-- What a policy or a fill changes for each customer, at the prices of its orders, undiscounted; nothing for policy profit without fills. What policy profit gives is NULL where it was not asked.
CREATE VIEW plan_policy AS
WITH filled AS (
    SELECT plan, customer, sum(quantity * price_usd) AS demanded_usd, sum(shipped * price_usd) AS shipped_usd FROM plan_demand GROUP BY plan, customer
)
SELECT c.plan, c.customer, f.shipped_usd / f.demanded_usd AS fill, c.profit_shipped_usd / f.demanded_usd AS fill_by_profit,
       (f.shipped_usd - c.profit_shipped_usd) / f.demanded_usd AS change, k.stage AS kept_by, k.last_usd_costs, k.loss_usd
FROM plan_customer AS c
JOIN filled AS f ON f.plan = c.plan AND f.customer = c.customer
LEFT JOIN plan_kept_customer AS k ON k.plan = c.plan AND k.customer = c.customer
WHERE (c.profit_shipped_usd IS NOT NULL OR EXISTS (SELECT 1 FROM plan_kept AS any_row WHERE any_row.plan = c.plan)) AND f.demanded_usd > 0;
