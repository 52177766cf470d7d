,
     moves AS (
       SELECT s.*, p.number, coalesce(lag(s.closing) OVER (PARTITION BY s.item ORDER BY p.number), s.opening) AS start,
              s.made + s.bought + s.received + s.wip + s.substituted_in AS ins,
                s.substituted_out + s.consumed + s.shipped + s.discarded AS outs
       FROM plan_stock AS s JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period WHERE s.plan = :plan),
facts(number, key, what, value, independent, formula, tolerance) AS (
  SELECT 10, 'shipped', 'Shipped for orders (Allocation) = shipments (database)', (SELECT total(shipped) FROM plan_demand
    WHERE plan = :plan),
         (SELECT total(quantity) FROM plan_shipment WHERE plan = :plan), '={sum:allocation.shipped}', {TOLERANCE}
  UNION ALL SELECT 11, 'leaves', 'Leaves the fab (Allocation) = shipments (database)', (SELECT total(quantity) FROM plan_shipment
         WHERE plan = :plan AND period IN (SELECT period FROM plan_period WHERE plan = :plan)),
         (SELECT total(shipped) FROM plan_stock WHERE plan = :plan), '={sum:allocation.leaves}', {TOLERANCE}
  UNION ALL SELECT 20, 'balance', 'Shipped + short (Why short) = demand (database)', (SELECT total(shipped) + total(short)
         FROM plan_demand WHERE plan = :plan),
         (SELECT total(quantity) FROM plan_demand WHERE plan = :plan), '={sum:why_short.shipped}+{sum:why_short.short}', {TOLERANCE}
  UNION ALL SELECT 30, 'hours', 'Cells of Capacity with more hours used than available',
         (SELECT count(*) FROM plan_capacity WHERE plan = :plan AND available_hours <> 0
            AND (load_hours + (moved_in_hours - moved_out_hours)) / available_hours > {OVER_AVAILABLE}), 0,
         '=SUMPRODUCT({what:capacity.utilisation}*({grid:capacity}>{OVER_AVAILABLE}))', 0
  UNION ALL SELECT 40, 'corkscrew', 'Cells of Flow whose corkscrew does not close',
         (SELECT count(*) FROM moves WHERE round((start + ins - outs - closing) / max(1.0, start + ins), 9) <> 0), 0,
           '=SUMPRODUCT({what:flow.gap}*({grid:flow}<>0))', 0
  UNION ALL SELECT 41, 'closing', 'Closing stock of all items (Flow) = opening + in - out (database)', (SELECT total(closing) FROM moves
         WHERE number = (SELECT max(number) FROM moves)),
         (SELECT total(opening) FROM moves WHERE number = 1) + (SELECT total(ins) - total(outs) FROM moves),
           '=SUMPRODUCT({what:flow.closing}*{totals:flow})', {TOLERANCE}
  UNION ALL SELECT 42, 'negative', 'Cells of Flow with a negative stock', (SELECT count(*) FROM plan_stock WHERE plan = :plan
         AND closing < -{ROUNDING}), 0,
         '=SUMPRODUCT({what:flow.closing}*({grid:flow}<-{ROUNDING}))', 0
  UNION ALL SELECT 50, 'objective', 'Objective from the money of the sheets = objective of the proof', (SELECT m.flows + p.end_value_usd + (SELECT usd FROM behind) + p.tail_usd + p.calm_usd + p.policy_usd + p.change_usd
         FROM money AS m, p), (SELECT objective_usd FROM p),
         '={cell:cover.objective_usd}', {TOLERANCE}
  UNION ALL SELECT 60, 'errors', 'Sheets with an error in a cell', 0, 0,
         '=IFERROR(0*SUM({all:allocation}),1)+IFERROR(0*SUM({all:starts}),1)+IFERROR(0*SUM({all:capacity}),1)'
         || '+IFERROR(0*SUM({all:flow}),1)+IFERROR(0*SUM({all:yields}),1)+IFERROR(0*SUM({all:why_short}),1)'
         || '+IFERROR(0*SUM({all:short_years}),1)+IFERROR(0*SUM({all:customers}),1)+IFERROR(0*SUM({all:bottlenecks}),1)'
         || '+IFERROR(0*SUM({all:capacity_years}),1)+IFERROR(0*SUM({all:purchases}),1)+IFERROR(0*SUM({all:power}),1)'
         || '+IFERROR(0*SUM({all:shipments}),1)+IFERROR(0*SUM({all:money}),1)+IFERROR(0*SUM({all:cover}),1)', 0
  UNION ALL SELECT 70, 'rows_demand', 'Orders on Why short = orders of the database', (SELECT count(*) FROM plan_demand WHERE plan = :plan),
         (SELECT count(*) FROM plan_demand WHERE plan = :plan), '=SUMPRODUCT(({column:why_short.demand}<>"")*1)', 0
  UNION ALL SELECT 71, 'rows_shipment', 'Rows of Shipments = shipments of the database', (SELECT count(*) FROM plan_shipment
         WHERE plan = :plan),
         (SELECT count(*) FROM plan_shipment WHERE plan = :plan), '=SUMPRODUCT(({column:shipments.demand}<>"")*1)', 0
  UNION ALL SELECT 74, 'short', 'Orders not filled (Cover) = short orders (view plan_short)', (SELECT count(*) FROM plan_short WHERE plan = :plan),
         (SELECT count(*) FROM plan_short WHERE plan = :plan), '={cell:cover.demands_short}', 0
  UNION ALL SELECT 75, 'explained', 'Orders not filled (Cover) = orders with a reason (database)', (SELECT count(*) FROM plan_short WHERE plan = :plan),
         (SELECT count(DISTINCT demand) FROM plan_shortage WHERE plan = :plan), '={cell:cover.demands_short}', 0
  UNION ALL SELECT 76, 'binding', 'Group periods that bind (Capacity) = full and worth something (view plan_binding)',
         (SELECT count(*) FROM plan_binding WHERE plan = :plan AND what = 'hours'),
         (SELECT count(*) FROM plan_binding WHERE plan = :plan AND what = 'hours'), '={sum:capacity.binds}', 0
  UNION ALL SELECT 77, 'binding_others', 'Limits that bind (Starts, Lines, Power, Budget) = full and worth something (view plan_binding)',
         (SELECT count(*) FROM plan_binding WHERE plan = :plan AND what NOT IN ('hours', 'delivery', 'shipments')),
         (SELECT count(*) FROM plan_binding WHERE plan = :plan AND what NOT IN ('hours', 'delivery', 'shipments')),
         '={sum:starts.binds}+{sum:lines.binds}+{sum:power.binds}+{sum:budget.binds}', 0
  UNION ALL SELECT 72, 'periods', 'Periods on Money = periods of the database', (SELECT count(*) FROM plan_period WHERE plan = :plan),
         (SELECT count(*) FROM plan_period WHERE plan = :plan), '=SUMPRODUCT(({periods:money}<>"")*1)', 0
  UNION ALL SELECT 73, 'days', 'Days of all periods = days of the horizon', (SELECT total(days) FROM plan_period WHERE plan = :plan),
         (SELECT julianday(horizon_end) - julianday(horizon_start) FROM p), '=SUM({axis:money.days})', {TOLERANCE_EXACT}
  UNION ALL SELECT 80, 'proof', 'Proof: 1 = verified', (SELECT check_result = 'verified' FROM p), 1,
         '=IF({cell:audit.check_result}="verified",1,0)', 0
  UNION ALL SELECT 81, 'inputs', 'Hash of the inputs now = hash of the plan''s inputs (1 = yes)',
         (SELECT :inputs_sha256 IS NULL OR :inputs_sha256 = inputs_sha256 FROM p), 1,
         '=IF({cell:audit.inputs_now}={cell:audit.inputs_sha256},1,0)', 0),
measured AS (
  SELECT *, round(abs(value - independent) / max(1, abs(independent)), 9) AS difference FROM facts)
-- Checks: what the workbook adds up to, against an independent figure of the database. The difference is relative for values above 1.
SELECT number, key, what, value, independent, difference, tolerance, formula, CASE WHEN difference <= tolerance THEN 'OK'
  ELSE 'ERROR' END AS result
FROM measured ORDER BY number
