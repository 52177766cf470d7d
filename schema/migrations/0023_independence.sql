-- Layers of independence: what is one's own of what a plan ships. LO, ME and PK are computed from the plan, the others from shares of items or lines.

CREATE TABLE layer (
    layer     TEXT NOT NULL PRIMARY KEY CHECK (length(layer) BETWEEN 1 AND 63),
    name      TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),               -- name shown in reports
    weight    REAL NOT NULL CHECK (weight BETWEEN 0 AND 1e+15),                    -- of independence
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;

CREATE TABLE layer_share (
    layer     TEXT NOT NULL REFERENCES layer,
    key       TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 63),                  -- an item or a line
    from_date TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),       -- from this date
    share     REAL NOT NULL CHECK (share BETWEEN 0 AND 1),                         -- fraction; own part
    basis     TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note      TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (layer, key, from_date)
) STRICT;

CREATE TABLE plan_independence (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    layer                 TEXT NOT NULL,
    period                TEXT NOT NULL,
    own_share             REAL,                        -- NULL: no data
    weight                REAL NOT NULL,               -- with its part of the weights of layers that have no data at all; of these 0
    PRIMARY KEY (plan, layer, period)
) STRICT, WITHOUT ROWID;

-- Items of the computed layers; none without a table layer.
CREATE TABLE plan_own (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    item                  TEXT NOT NULL,
    period                TEXT NOT NULL,
    layer                 TEXT NOT NULL,               -- LO, ME, PK
    own_share             REAL,                        -- own part of what arrived in the period, else of what arrived last; NULL: nothing has arrived yet
    shipped               REAL NOT NULL,
    own_units             REAL,                        -- of a chip: shipped x the least own share of it and of the dies and memories in its bill
    PRIMARY KEY (plan, item, period)
) STRICT, WITHOUT ROWID;

-- Key figures of independence by period. K1 share of a layer; K2 chips that are own in all of their layers; K3 their value over the value of the orders due; K4 the weakest layer; K5 the weighted
-- geometric mean of the layers with data, each at least 0.01. Value: unit_value_usd, where no chip has one units.
CREATE VIEW plan_kpi AS
WITH
    chip AS (
        SELECT o.plan, o.period, o.item, o.own_units, s.unit_value_usd,
               max(s.unit_value_usd) OVER (PARTITION BY o.plan) > 0 AS valued
        FROM plan_own AS o
        JOIN plan_stock AS s ON s.plan = o.plan AND s.item = o.item AND s.period = o.period
        WHERE o.layer = 'PK'
    ),
    due AS (SELECT plan, item, period, sum(quantity) AS quantity FROM plan_demand GROUP BY plan, item, period),
    fill AS (
        SELECT c.plan, c.period, total(c.own_units * iif(c.valued, c.unit_value_usd, 1)) AS own, total(d.quantity * iif(c.valued, c.unit_value_usd, 1)) AS wanted
        FROM chip AS c
        LEFT JOIN due AS d ON d.plan = c.plan AND d.item = c.item AND d.period = c.period
        GROUP BY c.plan, c.period
    ),
    weakest AS (
        SELECT plan, period, layer, own_share, row_number() OVER (PARTITION BY plan, period ORDER BY own_share, layer) AS place
        FROM plan_independence
        WHERE own_share IS NOT NULL
    )
SELECT plan, 'K1' AS kpi, layer AS "key", period, own_share AS value, 'share' AS unit FROM plan_independence
UNION ALL
SELECT plan, 'K2', item, period, own_units, 'units' FROM chip
UNION ALL
SELECT plan, 'K3', '', period, own / wanted, 'share' FROM fill WHERE wanted > 0
UNION ALL
SELECT plan, 'K4', layer, period, own_share, 'share' FROM weakest WHERE place = 1
UNION ALL
SELECT plan, 'K5', '', period, exp(sum(weight * ln(max(own_share, 0.01))) / sum(weight)), 'share'
FROM plan_independence
WHERE own_share IS NOT NULL AND weight > 0
GROUP BY plan, period;

CREATE TRIGGER plan_independence_no_update BEFORE UPDATE ON plan_independence BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_independence_no_delete BEFORE DELETE ON plan_independence BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_own_no_update BEFORE UPDATE ON plan_own BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_own_no_delete BEFORE DELETE ON plan_own BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
