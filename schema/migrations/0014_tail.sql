-- What is planned behind the horizon with it (setting tail_days): its money, and its periods, in which late orders of the horizon may ship.

ALTER TABLE plan ADD COLUMN tail_usd REAL NOT NULL DEFAULT 0; -- with the other totals it sums to objective_usd

CREATE TABLE plan_tail_period (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    period                TEXT NOT NULL,
    number                INTEGER NOT NULL,            -- goes on behind the last one of plan_period
    start_date            TEXT NOT NULL,
    end_date              TEXT NOT NULL,               -- exclusive
    days                  REAL NOT NULL,
    discount              REAL NOT NULL,               -- factor of money of the period's start
    PRIMARY KEY (plan, period)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_tail_period_no_update BEFORE UPDATE ON plan_tail_period BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_tail_period_no_delete BEFORE DELETE ON plan_tail_period BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

-- The periods of the horizon and behind it.
CREATE VIEW plan_all_period AS SELECT * FROM plan_period UNION ALL SELECT * FROM plan_tail_period;

-- As before, and for shipments behind the horizon too.
DROP VIEW plan_lateness;
CREATE VIEW plan_lateness AS
WITH late AS (
    SELECT s.plan, s.demand, s.period, t.number, julianday(t.start_date) AS shipped, julianday(t.start_date) - round(7 * s.late_weeks, 6) AS since,
           7 * s.late_weeks AS days, s.late_usd
    FROM plan_shipment AS s
    JOIN plan_all_period AS t ON t.plan = s.plan AND t.period = s.period
    WHERE s.late_weeks > 0),
parts AS (
    SELECT l.plan, l.demand, l.period AS shipment, u.period, u.number, l.days AS all_days, l.late_usd,
           julianday(u.start_date) - max(l.since, coalesce(julianday(b.start_date), 0)) AS days
    FROM late AS l
    JOIN plan_all_period AS u ON u.plan = l.plan AND u.number <= l.number AND julianday(u.start_date) > l.since
    LEFT JOIN plan_all_period AS b ON b.plan = u.plan AND b.number = u.number - 1)
SELECT plan, demand, shipment, -- period in which it ships
       period, days,           -- charged in it
       late_usd * days / all_days AS late_usd
FROM parts;
