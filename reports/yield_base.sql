-- What the sheets of the yield book share: the snapshot, its lots in time, and their control charts about the learning curve. They are
-- the charts of `fabplan yield spc` (src/app/yield_spc.c), drawn from the stored lots: a lot's fraction is carried from its place on the
-- curve to the pooled fraction, in standard deviations of its own binomial variance there; limits are carried back.
WITH RECURSIVE
  snap AS MATERIALIZED (SELECT * FROM yield_snapshot WHERE snapshot = :snapshot),
  product AS MATERIALIZED (
    SELECT e.source, e.source || ' · ' || coalesce(i.name, e.item) AS label, e.item, s.line, s.route, e.mean_screened
    FROM yield_estimate AS e LEFT JOIN source AS s ON s.source = e.source LEFT JOIN item AS i ON i.item = e.item
    WHERE e.snapshot = :snapshot),
  carried AS MATERIALIZED (
    SELECT y.source, y.lot, y.out_date, y.wafers, y.tested, y.good, y.yield, y.expected, y.excluded,
           row_number() OVER (PARTITION BY y.source ORDER BY y.out_date, l.rowid, y.lot) AS n,
           CASE WHEN y.expected > 0 AND y.expected < 1
                THEN sqrt(p.mean_screened * (1 - p.mean_screened) / (y.expected * (1 - y.expected))) ELSE 1.0 END AS stretch,
           min(max(p.mean_screened + (y.yield - y.expected)
                   * CASE WHEN y.expected > 0 AND y.expected < 1
                          THEN sqrt(p.mean_screened * (1 - p.mean_screened) / (y.expected * (1 - y.expected))) ELSE 1.0 END, 0.0),
                            1.0) AS x
    FROM yield_lot AS y JOIN product AS p ON p.source = y.source LEFT JOIN lot AS l ON l.lot = y.lot
    WHERE y.snapshot = :snapshot AND y.tested > 0 AND y.expected IS NOT NULL),
  centre AS MATERIALIZED (
    SELECT source, total(tested * x) / total(tested) AS x FROM carried WHERE excluded = 0 GROUP BY source),
  scored AS (
    SELECT c.*, m.x AS centre, sqrt(m.x * (1 - m.x) / c.tested) AS error,
           CASE WHEN m.x > 0 AND m.x < 1 THEN (c.x - m.x) / sqrt(m.x * (1 - m.x) / c.tested) END AS z
    FROM carried AS c JOIN centre AS m ON m.source = c.source),
  -- Laney's sigma_z: the mean moving range over that of two standard normal values, 2 / sqrt(pi); excursions are charted, but not counted
  spread AS MATERIALIZED (
    SELECT source, nullif(avg(abs(z - before)) / 1.1283791670955126, 0.0) AS sigma_z
    FROM (SELECT source, z, lag(z) OVER (PARTITION BY source ORDER BY n) AS before FROM scored WHERE excluded = 0)
    GROUP BY source),
  standard AS MATERIALIZED (
    SELECT s.*, d.sigma_z, s.z / d.sigma_z AS score FROM scored AS s JOIN spread AS d ON d.source = s.source),
  -- weight 0.2, limits at 2.86 standard deviations
  smoothed(source, n, average, variance) AS (
    SELECT source, 0, 0.0, 0.0 FROM spread WHERE sigma_z IS NOT NULL
    UNION ALL
    SELECT e.source, s.n, e.average + 0.2 * (s.score - e.average), 0.2 * 0.2 + 0.8 * 0.8 * e.variance
    FROM smoothed AS e JOIN standard AS s ON s.source = e.source AND s.n = e.n + 1),
  chart AS MATERIALIZED (
    SELECT s.source, s.n, s.lot, s.out_date, s.wafers, s.tested, s.good, s.yield, s.expected, s.excluded, s.sigma_z,
           min(max(s.expected + (max(0.0, s.centre - 3 * s.sigma_z * s.error) - s.centre) / s.stretch, 0.0), 1.0) AS low,
           min(max(s.expected + (min(1.0, s.centre + 3 * s.sigma_z * s.error) - s.centre) / s.stretch, 0.0), 1.0) AS high,
           CASE WHEN s.sigma_z IS NULL THEN 'no chart' WHEN s.x < max(0.0, s.centre - 3 * s.sigma_z * s.error) THEN 'below'
                WHEN s.x > min(1.0, s.centre + 3 * s.sigma_z * s.error) THEN 'above' ELSE 'within' END AS side,
           e.average AS ewma, 2.86 * sqrt(e.variance) AS ewma_limit,
           CASE WHEN e.average < -2.86 * sqrt(e.variance) THEN 'below' WHEN e.average > 2.86 * sqrt(e.variance) THEN 'above'
                WHEN e.average IS NULL THEN 'no chart' ELSE 'within' END AS ewma_side
    FROM standard AS s LEFT JOIN smoothed AS e ON e.source = s.source AND e.n = s.n),
  -- runs of lots on the same side of the EWMA chart; one that is still open ends with the source's last lot
  run AS MATERIALIZED (
    SELECT source, ewma_side AS side, min(out_date) AS since, max(out_date) AS until, min(n) AS first, max(n) AS last, count(*) AS lots,
           total(good) / total(tested) AS yield, total(tested * expected) / total(tested) AS expected, total(tested) AS tested,
           max(n) = (SELECT count(*) FROM chart AS a WHERE a.source = c.source) AS is_open
    FROM (SELECT *, n - row_number() OVER (PARTITION BY source, ewma_side ORDER BY n) AS run FROM chart) AS c
    GROUP BY source, ewma_side, run),
  -- where each product stands at its last lot; those that are off come first, then those that were farthest off
  standing AS MATERIALIZED (
    SELECT c.source, r.side, r.since, c.ewma / c.ewma_limit AS distance,
           row_number() OVER (ORDER BY r.side IN ('below', 'above') DESC, w.farthest DESC, c.source) AS place
    FROM run AS r JOIN chart AS c ON c.source = r.source AND c.n = r.last
    JOIN (SELECT source, max(abs(coalesce(ewma / ewma_limit, 0))) AS farthest FROM chart GROUP BY source) AS w ON w.source = r.source
    WHERE r.is_open),
  -- the time axis: weeks of process-out, or months when the lots span more than two years or so
  span AS MATERIALIZED (
    SELECT min(out_date) AS first, max(out_date) AS last, julianday(max(out_date)) - julianday(min(out_date)) <= 800 AS weeks
    FROM carried),
  -- lots screened out or below their limit, and with which tools they were in the same week: how many would be there by chance
  bad AS MATERIALIZED (
    SELECT source, lot, yield < expected AND (excluded = 1 OR side = 'below') AS bad FROM chart),
  met AS MATERIALIZED (
    SELECT v.tool, v.week, count(*) AS lots, sum(v.bad) AS bad, total(p.rate) AS by_chance, 1.0 * sum(v.bad) / count(*) AS share,
           avg(p.rate) AS rate
    FROM (SELECT DISTINCT e.tool, date(e.time, '-6 days', 'weekday 1') AS week, b.source, b.lot, b.bad
          FROM bad AS b CROSS JOIN lot_event AS e ON e.lot = b.lot AND e.event = 'move_in' AND e.tool IS NOT NULL) AS v
    JOIN (SELECT source, avg(bad) AS rate FROM bad GROUP BY source) AS p ON p.source = v.source
    GROUP BY v.tool, v.week),
  -- in how many of all the tools and weeks chance alone would do as much, at most (Chernoff's bound on the binomial tail)
  meeting AS MATERIALIZED (
    SELECT tool, week, lots, bad, by_chance,
           (SELECT count(*) FROM met)
             * pow(pow(rate / share, share) * CASE WHEN share < 1 THEN pow((1 - rate) / (1 - share), 1 - share) ELSE 1 END, lots) AS chances
    FROM met
    WHERE bad >= 3 AND bad > by_chance),
  -- die of the snapshot's lots in each bin, as their last sort found them
  bin_count AS MATERIALIZED (
    SELECT y.source, y.excluded, b.bin, sum(b.count) AS die
    FROM yield_lot AS y CROSS JOIN wafer AS w ON w.lot = y.lot
    CROSS JOIN wafer_bin AS b ON b.wafer = w.wafer AND b.stage = 'sort'
      AND b.run = (SELECT max(t.run) FROM wafer_test AS t WHERE t.wafer = w.wafer AND t.stage = 'sort')
    WHERE y.snapshot = :snapshot
    GROUP BY y.source, y.excluded, b.bin),
  named_bin AS MATERIALIZED (
    SELECT c.source, p.label, c.bin, coalesce(n.name, 'bin ' || c.bin) AS name, coalesce(n.good, 0) AS good,
           total(CASE WHEN c.excluded = 0 THEN c.die END) AS die, total(CASE WHEN c.excluded = 1 THEN c.die END) AS excursion_die
    FROM bin_count AS c JOIN product AS p ON p.source = c.source LEFT JOIN bin AS n ON n.item = p.item AND n.bin = c.bin
    GROUP BY c.source, c.bin)
