-- Lateness by the period that is charged for it: an order that ships late has been late in every period from the one after its due period to that of the shipment,
-- and the days up to the start of a period are paid in it.

CREATE VIEW plan_lateness AS
WITH late AS (
    SELECT s.plan, s.demand, s.period, t.number, julianday(t.start_date) AS shipped, julianday(t.start_date) - round(7 * s.late_weeks, 6) AS since,
           7 * s.late_weeks AS days, s.late_usd
    FROM plan_shipment AS s
    JOIN plan_period AS t ON t.plan = s.plan AND t.period = s.period
    WHERE s.late_weeks > 0),
parts AS (
    SELECT l.plan, l.demand, l.period AS shipment, u.period, u.number, l.days AS all_days, l.late_usd,
           julianday(u.start_date) - max(l.since, coalesce(julianday(b.start_date), 0)) AS days
    FROM late AS l
    JOIN plan_period AS u ON u.plan = l.plan AND u.number <= l.number AND julianday(u.start_date) > l.since
    LEFT JOIN plan_period AS b ON b.plan = u.plan AND b.number = u.number - 1)
SELECT plan, demand, shipment, -- period in which it ships
       period, days,           -- charged in it
       late_usd * days / all_days AS late_usd
FROM parts;
