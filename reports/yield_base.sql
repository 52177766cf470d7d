-- What the sheets of the yield book share: the snapshot, its lots in time with their control charts, and what lots off their chart share.
WITH
  snap AS MATERIALIZED (SELECT * FROM yield_snapshot WHERE snapshot = :snapshot),
  product AS MATERIALIZED (
    SELECT e.source, e.source || ' · ' || coalesce(i.name, e.item) AS label, e.item, s.line, s.route
    FROM yield_estimate AS e LEFT JOIN source AS s ON s.source = e.source LEFT JOIN item AS i ON i.item = e.item
    WHERE e.snapshot = :snapshot),
  chart AS MATERIALIZED (
    SELECT y.source, coalesce(y.seq, row_number() OVER (PARTITION BY y.source ORDER BY y.out_date, y.lot)) AS n, y.lot, y.out_date, y.wafers,
           y.tested, y.good, y.yield, y.expected, y.excluded, e.chart_sigma_z AS sigma_z, y.chart_low AS low, y.chart_high AS high, y.chart_probability AS probability,
           coalesce(y.chart_side, 'no chart') AS side, y.ewma, y.ewma_limit, coalesce(y.ewma_side, 'no chart') AS ewma_side
    FROM yield_lot AS y JOIN yield_estimate AS e ON e.snapshot = y.snapshot AND e.source = y.source
    WHERE y.snapshot = :snapshot),
  -- runs of lots on the same side of the EWMA chart; one that is still open ends with the source's last lot
  run AS MATERIALIZED (
    SELECT source, ewma_side AS side, min(out_date) AS since, max(out_date) AS until, min(n) AS first, max(n) AS last, count(*) AS lots,
           total(good) / total(tested) AS yield, total(tested * expected) / total(tested) AS expected, total(tested) AS tested,
           max(n) = max(every) AS is_open
    FROM (SELECT *, n - row_number() OVER (PARTITION BY source, ewma_side ORDER BY n) AS run, count(*) OVER (PARTITION BY source) AS every
          FROM chart)
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
    FROM chart),
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
  -- die of the snapshot's lots in each bin, as their last sort of the whole wafer found them; where some die were retested since, no bins are known
  bin_count AS MATERIALIZED (
    SELECT y.source, y.excluded, b.bin, sum(b.count) AS die
    FROM yield_lot AS y CROSS JOIN wafer AS w ON w.lot = y.lot
    CROSS JOIN wafer_bin AS b ON b.wafer = w.wafer AND b.stage = 'sort'
      AND b.run = (SELECT r.run FROM wafer_run AS r WHERE r.wafer = w.wafer AND r.stage = 'sort' AND r.run = r.whole)
    WHERE y.snapshot = :snapshot
    GROUP BY y.source, y.excluded, b.bin),
  named_bin AS MATERIALIZED (
    SELECT c.source, p.label, c.bin, coalesce(n.name, 'bin ' || c.bin) AS name, coalesce(n.good, 0) AS good,
           total(CASE WHEN c.excluded = 0 THEN c.die END) AS die, total(CASE WHEN c.excluded = 1 THEN c.die END) AS excursion_die
    FROM bin_count AS c JOIN product AS p ON p.source = c.source LEFT JOIN bin AS n ON n.item = p.item AND n.bin = c.bin
    GROUP BY c.source, c.bin)
