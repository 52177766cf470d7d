,
  stored AS (
    SELECT count(*) AS lots, total(wafers) AS wafers, total(tested) AS tested, total(good) AS good, total(excluded) AS excluded,
           total(tested * expected) AS expected
    FROM yield_lot WHERE snapshot = :snapshot),
  -- the snapshot's lots as the history has them now
  history AS (
    SELECT total(tested) AS tested, total(tested * binned) AS binned, total(good * binned) AS binned_good
    FROM (SELECT t.tested, t.good,
                 EXISTS (SELECT 1 FROM wafer_bin AS b WHERE b.wafer = t.wafer AND b.stage = 'sort' AND b.run = t.run AND t.run = t.whole) AS binned
          FROM yield_lot AS y CROSS JOIN wafer AS w ON w.lot = y.lot CROSS JOIN wafer_result AS t ON t.wafer = w.wafer AND t.stage = 'sort'
          WHERE y.snapshot = :snapshot)),
  wip AS (SELECT count(*) AS lots, total(wafers) AS wafers FROM lot WHERE status = 'active' OR status = 'held'),
  scrapped AS (
    SELECT total(wafers_before - wafers_after) AS wafers FROM lot_event CROSS JOIN snap AS w
    WHERE event = 'scrap' AND (w.from_date IS NULL OR time >= w.from_date) AND (w.to_date IS NULL OR time < w.to_date)),
  family AS (
    SELECT total(started) AS started, total(come_out) + total(scrapped) + total(on_the_way) AS found FROM lot_family CROSS JOIN snap AS w
    WHERE (w.from_date IS NULL OR start_time >= w.from_date) AND (w.to_date IS NULL OR start_time < w.to_date)),
  -- from the first event of each tool to the last one of all
  hours AS (
    SELECT total(julianday(min(last, coalesce(w.to_date, last))) - julianday(max(first, coalesce(w.from_date, first)))) * 24 AS hours
    FROM (SELECT tool, min(time) AS first, (SELECT max(time) FROM tool_event) AS last FROM tool_event GROUP BY tool) CROSS JOIN snap AS w
    WHERE (w.from_date IS NULL OR last > w.from_date) AND (w.to_date IS NULL OR first < w.to_date)),
  facts(number, key, what, value, independent, formula, tolerance) AS (
  SELECT 10, 'lots', 'Lots (Yield) = lots of the snapshot', NULL, lots,
         '={sum:yield_levels.lots}', 0 FROM snap
  UNION ALL SELECT 11, 'wafers', 'Wafers (Yield) = wafers of the snapshot', NULL, wafers, '={sum:yield_levels.wafers}', 0 FROM snap
  UNION ALL SELECT 12, 'tested', 'Tested die (Yield) = tested die of the lots (database)', NULL, tested, '={sum:yield_levels.tested}', 0 FROM stored
  UNION ALL SELECT 13, 'good', 'Good die (Yield) = good die of the lots (database)', NULL, good, '={sum:yield_levels.good}', 0 FROM stored
  UNION ALL SELECT 20, 'week_lots', 'Lots of all weeks (Learning) = lots (database)', NULL, lots,
         '={sum:yield_learning.lots}', 0 FROM stored
  UNION ALL SELECT 21, 'week_good', 'Good die of all weeks (Learning) = good die of the lots (database)', NULL,
         good, '={sum:yield_learning.good}', 0 FROM stored
  UNION ALL SELECT 22, 'week_expected', 'Good die by the curve (Learning) = die times expected yield (database)', NULL, expected, '={sum:yield_learning.expected_good}', {TOLERANCE_EXACT} FROM stored
  UNION ALL SELECT 23, 'forecasts', 'Forecasts (Learning) = products x periods (database)', NULL, (SELECT count(DISTINCT source) * count(DISTINCT period) FROM yield_period
         WHERE snapshot = :snapshot), '=SUMPRODUCT({what:yield_learning.p50}*({grid:yield_learning}<>""))', 0
  UNION ALL SELECT 30, 'excursions', 'Screened lots (Excursions) = excluded lots (database)', NULL, excluded, '=COUNTIFS({column:yield_excursions.screened},"yes")', 0 FROM stored
  UNION ALL SELECT 31, 'off', 'Products off (Off the curve) = shifts that last (Shifts)', NULL, (SELECT count(*) FROM standing WHERE side IN ('below', 'above')),
         '=COUNTIFS({column:yield_shifts.lasts},"yes")', 0
  UNION ALL SELECT 40, 'bins', 'Die in all bins (Bins by product) = tested die of those wafers (database)', NULL,
         binned, '={sum:yield_bins_products.total}', 0 FROM history
  UNION ALL SELECT 41, 'good_bins', 'Die in good bins (Bins by product) = good die of those wafers (database)', NULL, binned_good,
         '=SUMIFS({column:yield_bins_products.total},{column:yield_bins_products.kind},"good")', 0 FROM history
  UNION ALL SELECT 42, 'pareto', 'Failing die (Bin pareto) = die in failing bins (database)', NULL, (SELECT total(die) FROM bin_count) - (SELECT total(die + excursion_die) FROM named_bin WHERE good = 1),
         '={sum:yield_bins.total}', 0
  UNION ALL SELECT 43, 'unchanged', 'Tested die of the snapshot = tested die of its lots in the history now', NULL, h.tested,
         '={cell:yield_cover.tested}', 0 FROM stored AS s, history AS h
  UNION ALL SELECT 50, 'wip', 'Wafers in process (Lots) = active and held lots (database)', NULL, wafers,
         '={sum:yield_lots.wafers}', {TOLERANCE_EXACT} FROM wip
  UNION ALL SELECT 51, 'positions', 'Lots by position (Positions) = active and held lots (database)', NULL, lots,
         '={sum:yield_positions.lots}', 0 FROM wip
  UNION ALL SELECT 52, 'scrap', 'Scrapped wafers (Scrap) = scrap of the history (database)', NULL, wafers,
         '={sum:yield_scrap.wafers}', {TOLERANCE_EXACT}
         FROM scrapped
  UNION ALL SELECT 53, 'conserved', 'Wafers out + scrapped + on the way (Line yield) = wafers started (database)', NULL, started,
         '={sum:yield_lines.come_out}+{sum:yield_lines.scrapped}+{sum:yield_lines.on_the_way}', {TOLERANCE_EXACT} FROM family
         WHERE (SELECT from_date IS NULL AND to_date IS NULL FROM snap)
  UNION ALL SELECT 54, 'hours', 'Hours in the six states (Tools) = hours of the tools (database)', NULL, hours,
         '={sum:yield_tools.productive}+{sum:yield_tools.standby}+{sum:yield_tools.engineering}+{sum:yield_tools.scheduled_down}'
         || '+{sum:yield_tools.unscheduled_down}+{sum:yield_tools.nonscheduled}', {TOLERANCE} FROM hours
  UNION ALL SELECT 60, 'errors', 'Sheets with an error in a cell', NULL, 0,
         '=IFERROR(0*SUM({all:yield_products}),1)+IFERROR(0*SUM({all:yield_levels}),1)+IFERROR(0*SUM({all:yield_planned}),1)'
         || '+IFERROR(0*SUM({all:yield_learning}),1)+IFERROR(0*SUM({all:yield_defects}),1)+IFERROR(0*SUM({all:yield_d0_curve}),1)'
         || '+IFERROR(0*SUM({all:yield_verdicts}),1)+IFERROR(0*SUM({all:yield_bins}),1)+IFERROR(0*SUM({all:yield_bins_products}),1)'
         || '+IFERROR(0*SUM({all:yield_excursions}),1)+IFERROR(0*SUM({all:yield_shared}),1)+IFERROR(0*SUM({all:yield_shifts}),1)'
         || '+IFERROR(0*SUM({all:yield_lots}),1)+IFERROR(0*SUM({all:yield_positions}),1)+IFERROR(0*SUM({all:yield_holds}),1)'
         || '+IFERROR(0*SUM({all:yield_scrap}),1)+IFERROR(0*SUM({all:yield_lines}),1)+IFERROR(0*SUM({all:yield_cycle}),1)'
         || '+IFERROR(0*SUM({all:yield_tools}),1)+IFERROR(0*SUM({all:yield_cover}),1)', 0)
-- Checks: what the workbook adds up to, against an independent figure of the database. The difference is relative for values above 1.
SELECT number, key, what, value, independent, tolerance, formula FROM facts ORDER BY number
