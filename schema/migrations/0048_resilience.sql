-- Key figures of independence K6 to K11: what a plan gives by itself, and what is found by solving it again.

-- What key figures are made of; none without a table layer.
CREATE TABLE plan_figure (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    figure                TEXT NOT NULL CHECK (figure IN ('concentration', 'compute_kw')),
    "key"                 TEXT NOT NULL,               -- of a concentration: a layer of the items that are bought, LO, ME, PK; '': all that is bought
    period                TEXT NOT NULL,
    value                 REAL,                        -- concentration: sum of the squares of the percentages of what external sources cost by region (without one: supplier, else line), NULL: nothing is bought; kW shipped
    PRIMARY KEY (plan, figure, "key", period)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER plan_figure_no_update BEFORE UPDATE ON plan_figure BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_figure_no_delete BEFORE DELETE ON plan_figure BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

-- What a plan is worth when something stops, and what more independence costs, found by solving again. Rows are added, never changed; of a figure the last one counts.
CREATE TABLE plan_resilience (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 1, 2, ...
    kpi                   TEXT NOT NULL CHECK (kpi IN ('K6', 'K7', 'K8', 'K9')),
    "key"                 TEXT NOT NULL,               -- a region that stops, or a scenario; K8: region/customer; K9: layer
    period                TEXT NOT NULL,               -- from when on it stops; K9: the first period
    value                 REAL,                        -- K6: value shipped by that without it; K7: the same in the year from then on; K8: months; K9: million USD of profit for the first point of share. NULL: it is not known
    unit                  TEXT NOT NULL,
    objective_usd         REAL,                        -- of the program that was solved again, and its proven bound
    bound_usd             REAL,
    row_sha256            TEXT CHECK (length(row_sha256) = 64),
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER plan_resilience_no_update BEFORE UPDATE ON plan_resilience WHEN OLD.row_sha256 IS NOT NULL OR NEW.row_sha256 IS NULL BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_resilience_no_delete BEFORE DELETE ON plan_resilience BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

-- Key figures by period. K1 to K5 as before; K6 to K9 as they were solved last; K10 concentration of what is bought; K11 days in which compute takes the energy that making it took.
DROP VIEW plan_kpi;
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
GROUP BY plan, period
UNION ALL
SELECT plan, kpi, "key", period, value, unit FROM (SELECT *, row_number() OVER (PARTITION BY plan, kpi, "key", period ORDER BY number DESC) AS place FROM plan_resilience ) WHERE place = 1
UNION ALL
SELECT plan, 'K10', "key", period, value, '0..10000' FROM plan_figure WHERE figure = 'concentration'
UNION ALL
SELECT f.plan, 'K11', '', f.period, total(p.energy_mwh) * 1000 / (f.value * 24), 'days'
FROM plan_figure AS f
JOIN plan_power AS p ON p.plan = f.plan AND p.period = f.period
WHERE f.figure = 'compute_kw' AND f.value > 0
GROUP BY f.plan, f.period;

-- What key figures are called.
CREATE TABLE kpi_words (
    kpi                   TEXT PRIMARY KEY,
    words                 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO kpi_words VALUES
    ('K1', 'own share of a layer'), ('K2', 'chips own in all their layers'), ('K3', 'value of these by that of the orders due'), ('K4', 'weakest layer'), ('K5', 'index: weighted geometric mean of the layers'),
    ('K6', 'value shipped after a stop or in a scenario, by that of the plan'), ('K7', 'the same in the year from then on'), ('K8', 'months until less than half of what is due is filled'),
    ('K9', 'profit given up for the first point of a layer''s share'), ('K10', 'concentration of what is bought, by region'), ('K11', 'energy payback: days of its own use that making compute took');
