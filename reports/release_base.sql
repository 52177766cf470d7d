-- Lots to release in the first {RELEASE_DAYS} days. Starts of a period are even over its days. Each line's lots are its exact number rounded; its sources get them by largest remainder, and each source's lots come as evenly
-- over the days as its starts do.
WITH RECURSIVE p AS (SELECT * FROM plan WHERE plan = :plan),
     days(number, day) AS (SELECT 1, (SELECT horizon_start FROM p) UNION ALL SELECT number + 1, date(day, '+1 day') FROM days WHERE number < {RELEASE_DAYS} AND date(day, '+1 day') < (SELECT horizon_end FROM p)),
     daily AS (SELECT s.source, d.number, d.day, s.starts / t.days AS starts, s.starts / t.days * s.usd_per_start AS usd, s.good_units / t.days AS good_units, s.starts / t.days * s.gross_units_per_start AS gross_units
               FROM days AS d JOIN plan_period AS t ON t.plan = :plan AND t.start_date <= d.day AND t.end_date > d.day JOIN plan_start AS s ON s.plan = :plan AND s.period = t.period AND s.starts > {NOTHING}),
     wanted AS (SELECT o.line, d.source, o.item, o.route, coalesce(r.lot_size, 25) AS lot_size, sum(d.starts) AS starts, sum(d.usd) AS usd, sum(d.good_units) AS good_units, sum(d.gross_units) AS gross_units, sum(d.starts) / coalesce(r.lot_size, 25) AS exact
                FROM daily AS d JOIN source AS o ON o.source = d.source JOIN route AS r ON r.route = o.route GROUP BY d.source),
     -- what the rounding down of every source leaves of the line's lots goes to the largest remainders; of equal ones to the first name
     placed AS (SELECT *, floor(exact + {NOTHING}) AS whole, row_number() OVER (PARTITION BY line ORDER BY exact - floor(exact + {NOTHING}) DESC, source) AS place,
                       round(sum(exact) OVER (PARTITION BY line)) - sum(floor(exact + {NOTHING})) OVER (PARTITION BY line) AS rest FROM wanted),
     lots AS (SELECT *, whole + (place <= rest) AS lots FROM placed),
     shared AS (SELECT l.*, d.number, d.day, d.starts AS day_starts,
                       round(l.lots * sum(d.starts) OVER (PARTITION BY d.source ORDER BY d.number) / l.starts + {NOTHING}) AS through
                FROM daily AS d JOIN lots AS l ON l.source = d.source),
     released AS (SELECT *, through - lag(through, 1, 0.0) OVER (PARTITION BY source ORDER BY number) AS day_lots FROM shared)
