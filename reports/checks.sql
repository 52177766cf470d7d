,
     moves AS (
       SELECT s.*, p.number, coalesce(lag(s.closing) OVER (PARTITION BY s.item ORDER BY p.number), s.opening) AS start,
              s.made + s.bought + s.received + s.wip + s.substituted_in AS ins,
                s.substituted_out + s.consumed + s.shipped + s.discarded AS outs
       FROM plan_stock AS s JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period WHERE s.plan = :plan),
facts(number, key, what, formula, independent, tolerance) AS (
  SELECT 10, 'shipped', 'Shipped for orders (Allocation) = shipments (database)', '={sum:allocation.shipped}',
         (SELECT total(quantity) FROM plan_shipment WHERE plan = :plan), {TOLERANCE}
  UNION ALL SELECT 11, 'leaves', 'Leaves the fab (Allocation) = shipments (database)', '={sum:allocation.leaves}',
         (SELECT total(shipped) FROM plan_stock WHERE plan = :plan), {TOLERANCE}
  UNION ALL SELECT 20, 'balance', 'Shipped + short (Why short) = demand (database)', '={sum:why_short.shipped}+{sum:why_short.short}',
         (SELECT total(quantity) FROM plan_demand WHERE plan = :plan), {TOLERANCE}
  UNION ALL SELECT 30, 'hours', 'Cells of Capacity with more hours used than available',
         '=SUMPRODUCT({what:capacity.utilisation}*({grid:capacity}>{OVER_AVAILABLE}))', 0, 0
  UNION ALL SELECT 40, 'corkscrew', 'Cells of Flow whose corkscrew does not close', '=SUMPRODUCT({what:flow.gap}*({grid:flow}<>0))', 0, 0
  UNION ALL SELECT 41, 'closing', 'Closing stock of all items (Flow) = opening + in - out (database)',
         '=SUMPRODUCT({what:flow.closing}*{totals:flow})',
         (SELECT total(opening) FROM moves WHERE number = 1) + (SELECT total(ins) - total(outs) FROM moves), {TOLERANCE}
  UNION ALL SELECT 42, 'negative', 'Cells of Flow with a negative stock', '=SUMPRODUCT({what:flow.closing}*({grid:flow}<-{ROUNDING}))', 0, 0
  UNION ALL SELECT 50, 'objective', 'Objective from the money of the sheets = objective of the proof', '={cell:cover.objective_usd}',
         (SELECT objective_usd FROM p), {TOLERANCE}
  UNION ALL SELECT 60, 'errors', 'Sheets with an error in a cell',
         '=IFERROR(0*SUM({all:allocation}),1)+IFERROR(0*SUM({all:starts}),1)+IFERROR(0*SUM({all:capacity}),1)'
         || '+IFERROR(0*SUM({all:flow}),1)+IFERROR(0*SUM({all:yields}),1)+IFERROR(0*SUM({all:why_short}),1)'
         || '+IFERROR(0*SUM({all:short_years}),1)+IFERROR(0*SUM({all:customers}),1)+IFERROR(0*SUM({all:bottlenecks}),1)'
         || '+IFERROR(0*SUM({all:capacity_years}),1)+IFERROR(0*SUM({all:purchases}),1)+IFERROR(0*SUM({all:power}),1)'
         || '+IFERROR(0*SUM({all:shipments}),1)+IFERROR(0*SUM({all:money}),1)+IFERROR(0*SUM({all:cover}),1)', 0, 0
  UNION ALL SELECT 70, 'rows_demand', 'Orders on Why short = orders of the database', '=SUMPRODUCT(({column:why_short.demand}<>"")*1)',
         (SELECT count(*) FROM plan_demand WHERE plan = :plan), 0
  UNION ALL SELECT 71, 'rows_shipment', 'Rows of Shipments = shipments of the database', '=SUMPRODUCT(({column:shipments.demand}<>"")*1)',
         (SELECT count(*) FROM plan_shipment WHERE plan = :plan), 0
  UNION ALL SELECT 74, 'short', 'Orders not filled (Cover) = short orders (view plan_short)', '={cell:cover.demands_short}',
         (SELECT count(*) FROM plan_short WHERE plan = :plan), 0
  UNION ALL SELECT 75, 'explained', 'Orders not filled (Cover) = orders with a reason (database)', '={cell:cover.demands_short}',
         (SELECT count(DISTINCT demand) FROM plan_shortage WHERE plan = :plan), 0
  UNION ALL SELECT 76, 'binding', 'Group periods that bind (Capacity) = full and worth something (view plan_binding)', '={sum:capacity.binds}',
         (SELECT count(*) FROM plan_binding WHERE plan = :plan AND what = 'hours'), 0
  UNION ALL SELECT 77, 'binding_others', 'Limits that bind (Starts, Lines, Power, Budget) = full and worth something (view plan_binding)',
         '={sum:starts.binds}+{sum:lines.binds}+{sum:power.binds}+{sum:budget.binds}',
         (SELECT count(*) FROM plan_binding WHERE plan = :plan AND what NOT IN ('hours', 'delivery', 'shipments')), 0
  UNION ALL SELECT 72, 'periods', 'Periods on Money = periods of the database', '=SUMPRODUCT(({periods:money}<>"")*1)',
         (SELECT count(*) FROM plan_period WHERE plan = :plan), 0
  UNION ALL SELECT 73, 'days', 'Days of all periods = days of the horizon', '=SUM({axis:money.days})',
         (SELECT julianday(horizon_end) - julianday(horizon_start) FROM p), {TOLERANCE_EXACT}
  UNION ALL SELECT 80, 'proof', 'Proof: 1 = verified', '=IF({cell:audit.check_result}="verified",1,0)', 1, 0
  UNION ALL SELECT 81, 'inputs', 'Hash of the inputs now = hash of the plan''s inputs (1 = yes)',
         '=IF({cell:audit.inputs_now}={cell:audit.inputs_sha256},1,0)', 1, 0)
-- Checks: what the workbook adds up to, against an independent figure of the database. The difference is relative for values above 1.
SELECT number, key, what, formula, independent, tolerance FROM facts ORDER BY number
