-- Yield estimates from the wafer-lot history as snapshots: one run of `fabplan yield fit` is one snapshot, never changed once written.
--
-- A snapshot holds an estimate for each source with sorted wafers, the lots it was made of, and the yields to plan with in each period. Fractions are 0..1, dates are
-- process-out dates (last move_out or ship of the lot, else the day of its test) unless said otherwise. low and high are limits at the snapshot's confidence.
-- NULL means "the history does not tell"; the *_verdict columns say why.

DROP TABLE yield_estimate; -- no version before this one wrote it

CREATE TABLE yield_snapshot (
    snapshot       INTEGER PRIMARY KEY,
    created_utc    TEXT NOT NULL,
    method         TEXT NOT NULL,                                             -- the chain of estimates, in words
    from_date      TEXT CHECK (date(from_date, '+0 days') IS from_date),      -- window that was asked for; NULL: from the first wafer on
    to_date        TEXT CHECK (date(to_date, '+0 days') IS to_date),          -- exclusive; NULL: to the last
    confidence     REAL NOT NULL CHECK (confidence > 0 AND confidence < 1),   -- of all limits
    sources        INTEGER NOT NULL CHECK (sources >= 0),
    lots           INTEGER NOT NULL CHECK (lots >= 0),                        -- with sorted wafers in the window
    wafers         INTEGER NOT NULL CHECK (wafers >= 0),
    simulated      INTEGER NOT NULL CHECK (simulated IN (0, 1)),              -- 1: rows of the history are marked as simulated
    inputs_sha256  TEXT NOT NULL CHECK (length(inputs_sha256) = 64),          -- of the planning inputs
    history_sha256 TEXT NOT NULL CHECK (length(history_sha256) = 64),         -- of the sort results that were used
    versions       TEXT NOT NULL
) STRICT;

CREATE TABLE yield_estimate (
    snapshot          INTEGER NOT NULL REFERENCES yield_snapshot DEFERRABLE INITIALLY DEFERRED,
    source            TEXT NOT NULL,
    item              TEXT NOT NULL,                                          -- the die before binning
    process           TEXT,
    stage             TEXT NOT NULL CHECK (stage IN ('sort', 'final')),
    first_date        TEXT NOT NULL,                                          -- of the wafers
    last_date         TEXT NOT NULL,
    lots              INTEGER NOT NULL,
    wafers            INTEGER NOT NULL,
    tested            INTEGER NOT NULL,                                       -- die
    good              INTEGER NOT NULL,
    tested_per_wafer  REAL NOT NULL,
    units_per_start   REAL NOT NULL,                                          -- planned gross die, to compare
    excluded_lots     INTEGER NOT NULL,                                       -- screened out as excursions
    excluded_wafers   INTEGER NOT NULL,
    mean_all          REAL NOT NULL,                                          -- pooled yield, excursions included
    mean_screened     REAL NOT NULL,                                          -- without them
    excursion_factor  REAL NOT NULL CHECK (excursion_factor BETWEEN 0 AND 1), -- what excursions leave of the yield
    -- level: the part of the window in which D0 stands about still, without excursions
    level_start       TEXT NOT NULL,
    level_lots        INTEGER NOT NULL,
    level_wafers      INTEGER NOT NULL,
    level_mean        REAL NOT NULL,                                          -- of the lots (empirical Bayes prior)
    level_low         REAL,
    level_high        REAL,
    lot_rho           REAL,                                                   -- correlation of two die of a lot
    wafer_dispersion  REAL,                                                   -- variance of a wafer about its lot over the binomial one
    -- beta-binomial of wafers
    wafer_mean        REAL,
    wafer_low         REAL,
    wafer_high        REAL,
    wafer_rho         REAL,
    understated       REAL,                                                   -- how many times binomial errors are too small
    -- gamma-Poisson mixture of wafers, for a systematic yield of 1
    moment_alpha      REAL,                                                   -- start of the likelihood; NULL: infinite
    moment_d0         REAL,
    area_cm2          REAL,                                                   -- critical area of the die
    d0_per_cm2        REAL,
    d0_low            REAL,
    d0_high           REAL,
    alpha             REAL,
    alpha_low         REAL,
    alpha_high        REAL,
    alpha_p_value     REAL,                                                   -- against wafers that vary as independent die do
    alpha_verdict     TEXT NOT NULL,
    systematic_yield  REAL NOT NULL,                                          -- taken as given by the learning curve
    systematic_verdict TEXT NOT NULL,
    -- learning curve of the lots by process-out date
    curve_start       TEXT,                                                   -- day of D0 = start
    curve_d0_start    REAL,
    curve_d0_start_low REAL,
    curve_d0_start_high REAL,
    curve_d0_mature   REAL,
    curve_d0_mature_low REAL,
    curve_d0_mature_high REAL,
    halflife_days     REAL,
    halflife_low      REAL,
    halflife_high     REAL,
    curve_rho         REAL,                                                   -- lot noise about the curve
    curve_p_value     REAL,                                                   -- against a flat D0
    curve_verdict     TEXT NOT NULL,
    -- line yield of finished lots with all their children
    line_lots         INTEGER NOT NULL,
    line_started      REAL NOT NULL,                                          -- wafers
    line_scrapped     REAL NOT NULL,
    line_yield        REAL,
    line_verdict      TEXT NOT NULL,
    PRIMARY KEY (snapshot, source)
) STRICT, WITHOUT ROWID;

-- The lots of an estimate.
CREATE TABLE yield_lot (
    snapshot INTEGER NOT NULL REFERENCES yield_snapshot DEFERRABLE INITIALLY DEFERRED,
    source   TEXT NOT NULL,
    lot      TEXT NOT NULL,
    out_date TEXT NOT NULL,
    wafers   INTEGER NOT NULL,
    tested   INTEGER NOT NULL,
    good     INTEGER NOT NULL,
    yield    REAL NOT NULL,
    expected REAL,                                                            -- by the learning curve
    excluded INTEGER NOT NULL CHECK (excluded IN (0, 1)),                     -- 1: an excursion
    shrunk   REAL,                                                            -- empirical Bayes, of the level's lots
    low      REAL,
    high     REAL,
    PRIMARY KEY (snapshot, source, lot)
) STRICT, WITHOUT ROWID;

-- Yields to plan with: of starts on the first day of a period, whose wafers come out after the planned cycle time.
-- 10 % of outcomes lie below p10. The mean of the period's lots: common_error belongs to the process and moves all its products and lots together,
-- lot_error falls with the square root of the lots.
CREATE TABLE yield_period (
    snapshot     INTEGER NOT NULL REFERENCES yield_snapshot DEFERRABLE INITIALLY DEFERRED,
    source       TEXT NOT NULL,
    period       TEXT NOT NULL,
    start_date   TEXT NOT NULL,
    out_date     TEXT NOT NULL,
    lots         REAL NOT NULL,                                               -- expected in the period, at the recent rate
    d0_p10       REAL,
    d0_p50       REAL,
    d0_p90       REAL,
    p10          REAL NOT NULL CHECK (p10 BETWEEN 0 AND 1),                   -- unit yield, with excursions at their rate so far
    p50          REAL NOT NULL CHECK (p50 BETWEEN 0 AND 1),
    p90          REAL NOT NULL CHECK (p90 BETWEEN 0 AND 1),
    screened_p50 REAL NOT NULL CHECK (screened_p50 BETWEEN 0 AND 1),          -- without excursions
    common_error REAL NOT NULL,
    lot_error    REAL NOT NULL,
    line_p10     REAL CHECK (line_p10 BETWEEN 0 AND 1),                       -- line yield; NULL: no lot has finished
    line_p50     REAL CHECK (line_p50 BETWEEN 0 AND 1),
    line_p90     REAL CHECK (line_p90 BETWEEN 0 AND 1),
    planned_line_yield REAL NOT NULL,                                         -- of the inputs
    planned_unit_yield REAL NOT NULL,
    PRIMARY KEY (snapshot, source, period)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER yield_snapshot_no_update BEFORE UPDATE ON yield_snapshot BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_snapshot_no_delete BEFORE DELETE ON yield_snapshot BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
CREATE TRIGGER yield_estimate_no_update BEFORE UPDATE ON yield_estimate BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_estimate_no_delete BEFORE DELETE ON yield_estimate BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
CREATE TRIGGER yield_lot_no_update BEFORE UPDATE ON yield_lot BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_lot_no_delete BEFORE DELETE ON yield_lot BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
CREATE TRIGGER yield_period_no_update BEFORE UPDATE ON yield_period BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_period_no_delete BEFORE DELETE ON yield_period BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;

-- ---- What is asked of the history ----

-- Children of a lot; the few events that are no moves.
CREATE INDEX lot_parent ON lot (parent_lot) WHERE parent_lot IS NOT NULL;
CREATE INDEX lot_event_loss ON lot_event (event, lot, seq) WHERE event = 'scrap' OR event = 'hold' OR event = 'ship';

-- A lot that was started, with all lots split from it: wafers started, scrapped, come out, still on the way. Wafers that were merged into another family count as
-- started here and are scrapped there; that moves losses between cohorts, and loses none. A shipped lot may keep its wafers or have given them away.
CREATE VIEW lot_family AS
WITH RECURSIVE
    member(lot, root) AS (
        SELECT l.lot, l.lot FROM lot AS l WHERE l.parent_lot IS NULL OR NOT EXISTS (SELECT 1 FROM lot AS p WHERE p.lot = l.parent_lot)
        UNION
        SELECT child.lot, member.root FROM member JOIN lot AS child ON child.parent_lot = member.lot
    ),
    loss(lot, scrapped, shipped) AS (
        SELECT lot, SUM(CASE WHEN event = 'scrap' THEN wafers_before - wafers_after ELSE 0.0 END), SUM(CASE WHEN event = 'ship' THEN wafers_before - wafers_after ELSE 0.0 END)
        FROM lot_event
        WHERE event = 'scrap' OR event = 'ship'
        GROUP BY lot
    ),
    total AS MATERIALIZED (
        SELECT m.root,
               SUM(COALESCE(x.scrapped, 0.0)) AS scrapped,
               SUM(CASE WHEN l.status = 'done' THEN l.wafers ELSE 0.0 END + COALESCE(x.shipped, 0.0)) AS come_out,
               SUM(CASE WHEN l.status = 'active' OR l.status = 'held' THEN l.wafers ELSE 0.0 END) AS on_the_way,
               SUM(l.status = 'active' OR l.status = 'held') AS open_lots,
               MAX((SELECT e.time FROM lot_event AS e WHERE e.lot = m.lot ORDER BY e.seq DESC LIMIT 1)) AS end_time
        FROM member AS m JOIN lot AS l ON l.lot = m.lot LEFT JOIN loss AS x ON x.lot = m.lot
        GROUP BY m.root
    )
SELECT r.lot AS lot, r.source AS source, r.start_time AS start_time, t.end_time AS end_time, t.scrapped, t.come_out, t.on_the_way, t.open_lots,
       COALESCE((SELECT CASE WHEN e.event = 'start' THEN e.wafers_after ELSE e.wafers_before END FROM lot_event AS e WHERE e.lot = r.lot ORDER BY e.seq LIMIT 1),
                t.scrapped + t.come_out + t.on_the_way) AS started
FROM total AS t JOIN lot AS r ON r.lot = t.root;

-- Is any row of the history marked as simulated? Marked histories answer at once, others after a look at every row.
CREATE VIEW history_mark AS
SELECT EXISTS (SELECT 1 FROM lot WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM tool_event WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM wafer WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM wafer_test WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM lot_event WHERE basis LIKE '%simulated%') AS simulated;
