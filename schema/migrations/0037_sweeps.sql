-- Sweeps: a plan in many futures. A sweep is merged once, is never changed, and is sealed as plans are. Run 0 is the base plan, which has no weight in any mean or percentile.

CREATE TABLE sweep (
    sweep          INTEGER PRIMARY KEY,
    name           TEXT NOT NULL,                                         -- of its file
    created_utc    TEXT NOT NULL,
    sweep_sha256   TEXT NOT NULL CHECK (length(sweep_sha256) = 64),       -- of the jobs: inputs, base and every change
    results_sha256 TEXT NOT NULL UNIQUE CHECK (length(results_sha256) = 64), -- of the jobs and all results
    inputs_sha256  TEXT NOT NULL CHECK (length(inputs_sha256) = 64),      -- that the base plan was made from
    base_sha256    TEXT NOT NULL,                                         -- of the content of the base plan
    draws          INTEGER NOT NULL CHECK (draws >= 0),                   -- of every run; 0: nothing is drawn
    seed           INTEGER NOT NULL,
    versions       TEXT NOT NULL
) STRICT;

CREATE TABLE sweep_run (
    sweep                INTEGER NOT NULL REFERENCES sweep DEFERRABLE INITIALLY DEFERRED,
    run                  INTEGER NOT NULL CHECK (run >= 0),
    name                 TEXT NOT NULL,
    weight               REAL NOT NULL CHECK (weight >= 0),
    scenarios            TEXT NOT NULL,
    surprise_from        TEXT,
    status               TEXT NOT NULL CHECK (status IN ('optimal', 'limit', 'infeasible', 'undecided', 'failed')),
    note                 TEXT NOT NULL,                                   -- why there is no plan, or none with the base's tools
    objective_usd        REAL,                                            -- discounted, as the rest
    bound_usd            REAL,
    gap                  REAL,
    profit_usd           REAL,
    base_tools_usd       REAL,                                            -- the best with the base's orders and removals; NULL: they cannot be had
    base_tools_bound_usd REAL,
    job_sha256           TEXT NOT NULL CHECK (length(job_sha256) = 64),
    result_sha256        TEXT NOT NULL CHECK (length(result_sha256) = 64),
    PRIMARY KEY (sweep, run)
) STRICT, WITHOUT ROWID;

-- What a run changes of the base.
CREATE TABLE sweep_change (
    sweep       INTEGER NOT NULL REFERENCES sweep DEFERRABLE INITIALLY DEFERRED,
    run         INTEGER NOT NULL,
    number      INTEGER NOT NULL CHECK (number >= 1), -- in the order in which they work
    scenario    TEXT,                                 -- or the row of the sweep's file
    tbl         TEXT NOT NULL,
    row_key     TEXT NOT NULL,
    column_name TEXT NOT NULL,
    operation   TEXT NOT NULL CHECK (operation IN ('set', 'scale', 'add', 'shift', 'insert', 'delete')),
    value       TEXT NOT NULL,
    from_date   TEXT,
    to_date     TEXT,
    PRIMARY KEY (sweep, run, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE sweep_customer (
    sweep        INTEGER NOT NULL REFERENCES sweep DEFERRABLE INITIALLY DEFERRED,
    run          INTEGER NOT NULL,
    customer     TEXT NOT NULL,
    demanded_usd REAL NOT NULL,  -- of its own day
    shipped_usd  REAL NOT NULL,
    fill         REAL,           -- NULL: nothing is wanted
    PRIMARY KEY (sweep, run, customer)
) STRICT, WITHOUT ROWID;

CREATE TABLE sweep_tool (
    sweep        INTEGER NOT NULL REFERENCES sweep DEFERRABLE INITIALLY DEFERRED,
    run          INTEGER NOT NULL,
    tool_group   TEXT NOT NULL,
    tools        REAL NOT NULL,  -- ordered
    removed      REAL NOT NULL,
    usd          REAL NOT NULL,  -- price of the orders, not discounted
    first_period TEXT,           -- of an order
    PRIMARY KEY (sweep, run, tool_group)
) STRICT, WITHOUT ROWID;

CREATE TABLE sweep_shipment (
    sweep    INTEGER NOT NULL REFERENCES sweep DEFERRABLE INITIALLY DEFERRED,
    run      INTEGER NOT NULL,
    customer TEXT NOT NULL,
    item     TEXT NOT NULL,
    period   TEXT NOT NULL,
    quantity REAL NOT NULL,
    PRIMARY KEY (sweep, run, customer, item, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE sweep_hash (
    sweep          INTEGER PRIMARY KEY REFERENCES sweep DEFERRABLE INITIALLY DEFERRED,
    content_sha256 TEXT NOT NULL CHECK (length(content_sha256) = 64),
    schema_version INTEGER NOT NULL,
    record_sha256  TEXT NOT NULL CHECK (length(record_sha256) = 64)
) STRICT;

CREATE TABLE sweep_digest (
    sweep  INTEGER NOT NULL REFERENCES sweep DEFERRABLE INITIALLY DEFERRED,
    name   TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (sweep, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sweep_no_update BEFORE UPDATE ON sweep BEGIN SELECT RAISE(ABORT, 'sweeps are never changed'); END;
CREATE TRIGGER sweep_no_delete BEFORE DELETE ON sweep BEGIN SELECT RAISE(ABORT, 'sweeps are never deleted'); END;
CREATE TRIGGER sweep_run_no_update BEFORE UPDATE ON sweep_run BEGIN SELECT RAISE(ABORT, 'sweeps are never changed'); END;
CREATE TRIGGER sweep_run_no_delete BEFORE DELETE ON sweep_run BEGIN SELECT RAISE(ABORT, 'sweeps are never deleted'); END;
CREATE TRIGGER sweep_change_no_update BEFORE UPDATE ON sweep_change BEGIN SELECT RAISE(ABORT, 'sweeps are never changed'); END;
CREATE TRIGGER sweep_change_no_delete BEFORE DELETE ON sweep_change BEGIN SELECT RAISE(ABORT, 'sweeps are never deleted'); END;
CREATE TRIGGER sweep_customer_no_update BEFORE UPDATE ON sweep_customer BEGIN SELECT RAISE(ABORT, 'sweeps are never changed'); END;
CREATE TRIGGER sweep_customer_no_delete BEFORE DELETE ON sweep_customer BEGIN SELECT RAISE(ABORT, 'sweeps are never deleted'); END;
CREATE TRIGGER sweep_tool_no_update BEFORE UPDATE ON sweep_tool BEGIN SELECT RAISE(ABORT, 'sweeps are never changed'); END;
CREATE TRIGGER sweep_tool_no_delete BEFORE DELETE ON sweep_tool BEGIN SELECT RAISE(ABORT, 'sweeps are never deleted'); END;
CREATE TRIGGER sweep_shipment_no_update BEFORE UPDATE ON sweep_shipment BEGIN SELECT RAISE(ABORT, 'sweeps are never changed'); END;
CREATE TRIGGER sweep_shipment_no_delete BEFORE DELETE ON sweep_shipment BEGIN SELECT RAISE(ABORT, 'sweeps are never deleted'); END;
CREATE TRIGGER sweep_hash_no_update BEFORE UPDATE ON sweep_hash BEGIN SELECT RAISE(ABORT, 'sweeps are never changed'); END;
CREATE TRIGGER sweep_hash_no_delete BEFORE DELETE ON sweep_hash BEGIN SELECT RAISE(ABORT, 'sweeps are never deleted'); END;
CREATE TRIGGER sweep_digest_no_update BEFORE UPDATE ON sweep_digest BEGIN SELECT RAISE(ABORT, 'sweeps are never changed'); END;
CREATE TRIGGER sweep_digest_no_delete BEFORE DELETE ON sweep_digest BEGIN SELECT RAISE(ABORT, 'sweeps are never deleted'); END;

-- Runs that have a plan; regret: what the base's orders and removals cost in that future.
CREATE VIEW sweep_solved AS
SELECT r.*, r.objective_usd - r.base_tools_usd AS regret_usd
FROM sweep_run AS r
WHERE r.objective_usd IS NOT NULL;

-- Figures of the runs that percentiles are taken of, one a row; a customer or tool group that a run does not have has 0 there.
CREATE VIEW sweep_figure AS
SELECT sweep, run, weight, 'objective_usd' AS what, '' AS key, objective_usd AS value FROM sweep_solved
UNION ALL SELECT sweep, run, weight, 'profit_usd', '', profit_usd FROM sweep_solved
UNION ALL SELECT sweep, run, weight, 'regret_usd', '', regret_usd FROM sweep_solved WHERE regret_usd IS NOT NULL
UNION ALL SELECT r.sweep, r.run, r.weight, 'fill', c.customer, c.fill FROM sweep_solved AS r JOIN sweep_customer AS c ON c.sweep = r.sweep AND c.run = r.run WHERE c.fill IS NOT NULL
UNION ALL SELECT r.sweep, r.run, r.weight, 'shipped_usd', k.customer, coalesce(c.shipped_usd, 0)
    FROM sweep_solved AS r JOIN (SELECT DISTINCT sweep, customer FROM sweep_customer) AS k ON k.sweep = r.sweep LEFT JOIN sweep_customer AS c ON c.sweep = r.sweep AND c.run = r.run AND c.customer = k.customer
UNION ALL SELECT r.sweep, r.run, r.weight, 'tools', k.tool_group, coalesce(g.tools, 0)
    FROM sweep_solved AS r JOIN (SELECT DISTINCT sweep, tool_group FROM sweep_tool) AS k ON k.sweep = r.sweep LEFT JOIN sweep_tool AS g ON g.sweep = r.sweep AND g.run = r.run AND g.tool_group = k.tool_group
UNION ALL SELECT r.sweep, r.run, r.weight, 'ordered', k.tool_group, g.first_period IS NOT NULL
    FROM sweep_solved AS r JOIN (SELECT DISTINCT sweep, tool_group FROM sweep_tool) AS k ON k.sweep = r.sweep LEFT JOIN sweep_tool AS g ON g.sweep = r.sweep AND g.run = r.run AND g.tool_group = k.tool_group
UNION ALL SELECT r.sweep, r.run, r.weight, 'tool_usd', k.tool_group, coalesce(g.usd, 0)
    FROM sweep_solved AS r JOIN (SELECT DISTINCT sweep, tool_group FROM sweep_tool) AS k ON k.sweep = r.sweep LEFT JOIN sweep_tool AS g ON g.sweep = r.sweep AND g.run = r.run AND g.tool_group = k.tool_group;

-- Of each figure the base's, and over the runs the mean and the percentiles by weight: a percentile is the least value that at least that share of the weight does not exceed (but for a rounding of the sums).
CREATE VIEW sweep_range AS
WITH summed AS (
    SELECT sweep, run, what, key, weight, value,
           SUM(weight) OVER (PARTITION BY sweep, what, key ORDER BY value, run) AS below,
           SUM(weight) OVER (PARTITION BY sweep, what, key) AS whole
    FROM sweep_figure WHERE run > 0
), of_runs AS (
    SELECT sweep, what, key, SUM(weight * value) / SUM(weight) AS mean, MAX(whole) AS weight,
           MIN(value) FILTER (WHERE below >= 0.1 * whole * (1 - 1e-12)) AS p10,
           MIN(value) FILTER (WHERE below >= 0.5 * whole * (1 - 1e-12)) AS p50,
           MIN(value) FILTER (WHERE below >= 0.9 * whole * (1 - 1e-12)) AS p90
    FROM summed GROUP BY sweep, what, key
)
SELECT o.sweep, o.what, o.key, b.value AS base, o.mean, o.p10, o.p50, o.p90, o.weight
FROM of_runs AS o
LEFT JOIN sweep_figure AS b ON b.sweep = o.sweep AND b.what = o.what AND b.key = o.key AND b.run = 0;

-- What can be promised: by customer, item and year the units that are shipped over the futures: p10 is firm, the base plan likely, p90 the upside.
CREATE VIEW sweep_promise AS
WITH pair AS (
    SELECT DISTINCT sweep, customer, item, substr(period, 1, 4) AS year FROM sweep_shipment
), shipped AS (
    SELECT p.sweep, r.run, r.weight, p.customer, p.item, p.year, coalesce(SUM(x.quantity), 0) AS units
    FROM pair AS p
    JOIN sweep_solved AS r ON r.sweep = p.sweep
    LEFT JOIN sweep_shipment AS x ON x.sweep = r.sweep AND x.run = r.run AND x.customer = p.customer AND x.item = p.item AND substr(x.period, 1, 4) = p.year
    GROUP BY p.sweep, r.run, p.customer, p.item, p.year
), summed AS (
    SELECT sweep, customer, item, year, units,
           SUM(weight) OVER (PARTITION BY sweep, customer, item, year ORDER BY units, run) AS below,
           SUM(weight) OVER (PARTITION BY sweep, customer, item, year) AS whole
    FROM shipped WHERE run > 0
), of_runs AS (
    SELECT sweep, customer, item, year,
           MIN(units) FILTER (WHERE below >= 0.1 * whole * (1 - 1e-12)) AS firm,
           MIN(units) FILTER (WHERE below >= 0.9 * whole * (1 - 1e-12)) AS upside
    FROM summed GROUP BY sweep, customer, item, year
)
SELECT o.sweep, o.customer, o.item, o.year, o.firm, b.units AS likely, o.upside
FROM of_runs AS o
LEFT JOIN shipped AS b ON b.sweep = o.sweep AND b.run = 0 AND b.customer = o.customer AND b.item = o.item AND b.year = o.year;
