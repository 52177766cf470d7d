,
  flagged AS MATERIALIZED (SELECT * FROM chart WHERE excluded = 1 OR side IN ('below', 'above')),
  -- the tool and week that a lot shares with others off their curve; many tools and weeks are looked at, so little of it is told
  shared AS (
    SELECT f.lot, m.tool, m.week, m.bad, m.lots,
           row_number() OVER (PARTITION BY f.lot ORDER BY m.chances, m.tool) AS place
    FROM flagged AS f CROSS JOIN lot_event AS e ON e.lot = f.lot AND e.event = 'move_in' AND e.tool IS NOT NULL
    JOIN meeting AS m ON m.tool = e.tool AND m.week = date(e.time, '-6 days', 'weekday 1')
    WHERE f.yield < f.expected AND m.chances < {CHANCE_WATCH}),
  usual AS (SELECT source, bin, name, die / nullif(sum(die) OVER (PARTITION BY source), 0) AS share, good FROM named_bin),
  own AS (
    SELECT f.source, f.lot, b.bin, sum(b.count) AS die, sum(sum(b.count)) OVER (PARTITION BY f.source, f.lot) AS tested
    FROM flagged AS f CROSS JOIN wafer AS w ON w.lot = f.lot
    CROSS JOIN wafer_bin AS b ON b.wafer = w.wafer AND b.stage = 'sort'
      AND b.run = (SELECT r.run FROM wafer_run AS r WHERE r.wafer = w.wafer AND r.stage = 'sort' AND r.run = r.whole)
    WHERE f.yield < f.expected
    GROUP BY f.source, f.lot, b.bin),
  bin_of AS (
    SELECT o.lot, u.name, 1.0 * o.die / o.tested AS share, u.share AS usual,
           row_number() OVER (PARTITION BY o.lot ORDER BY 1.0 * o.die / o.tested - u.share DESC, o.bin) AS place
    FROM own AS o JOIN usual AS u ON u.source = o.source AND u.bin = o.bin
    WHERE u.good = 0 AND o.tested > 0)
-- Lots that were screened out or lie outside the limits of their chart: yield against expectation, and what points where.
SELECT f.source, f.lot, f.out_date, f.wafers, f.tested, f.good, f.expected, iif(f.yield < f.expected, f.low, f.high) AS bound, f.probability, f.side, iif(f.excluded, 'yes',
         'no') AS screened,
       s.tool || ', week of ' || s.week || ': ' || s.bad || ' of ' || s.lots || ' lots' AS tool,
       CASE WHEN b.lot IS NOT NULL THEN printf('%s: %.0f %% of the die, else %.0f %%', b.name, 100 * b.share, 100 * b.usual) END AS bin
FROM flagged AS f
LEFT JOIN shared AS s ON s.lot = f.lot AND s.place = 1 LEFT JOIN bin_of AS b ON b.lot = f.lot AND b.place = 1
ORDER BY f.out_date DESC, f.source, f.lot
