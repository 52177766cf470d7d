,
  old AS (SELECT iif(EXISTS (SELECT 1 FROM plan_work WHERE plan = :plan) OR NOT EXISTS (SELECT 1 FROM plan_capacity WHERE plan = :plan AND load_hours > {NOTHING}), '', '+{cell:fin_flow.unknown}+{sum:fin_depreciation.unused_usd}-{sum:fin_depreciation.depreciation_usd}') AS later),
  facts(number, key, what, formula, independent_formula, independent, tolerance) AS (
    SELECT 1, 'reconciled', 'Largest difference of a kind of money from the database, while no driver is changed', '=IF({cell:fin_cover.changed}=0,SUMPRODUCT(MAX(ABS({column:fin_reconciliation.difference}))),0)', NULL, 0.0, {CENT}
    UNION ALL SELECT 2, 'objective', 'Objective: money of the sheets = its kinds added up', '={cell:fin_reconciliation.objective}',
      '={sum:fin_revenue.discounted_usd}-{sum:fin_cost.discounted_usd}-{sum:fin_capex.discounted_usd}-{sum:fin_penalties.discounted_usd}+{sum:fin_end.discounted_usd}+{cell:fin_reconciliation.other}', NULL, {CENT}
    UNION ALL SELECT 3, 'profit', 'Profit of all years = revenue - cost - tools charged', '={sum:fin_profit.profit_usd}', '={sum:fin_revenue.revenue_usd}-{sum:fin_cost.usd}-{sum:fin_capex.charged_usd}', NULL, {CENT}
    UNION ALL SELECT 4, 'customers', 'Revenue of customers = revenue of shipments', '={sum:fin_customers.revenue_usd}', '={sum:fin_revenue.revenue_usd}', NULL, {CENT}
    UNION ALL SELECT 5, 'units', 'Units of Revenue = units that leave (database)', '={sum:fin_revenue.quantity}', NULL, (SELECT total(shipped) FROM plan_stock WHERE plan = :plan), {CENT}
    UNION ALL SELECT 6, 'volumes', 'Units and starts of Volumes (database)', '={sum:fin_volumes.units}', NULL,
      (SELECT total(shipped) FROM plan_stock WHERE plan = :plan) + (SELECT total(starts) FROM plan_start WHERE plan = :plan AND starts > {NOTHING}), {CENT}
    UNION ALL SELECT 7, 'cash', 'Cash at the end = revenue - cost - payments', '={sum:fin_cash.net_usd}', '={sum:fin_revenue.revenue_usd}-{sum:fin_cost.usd}-{sum:fin_payments.usd}', NULL, {CENT}
    UNION ALL SELECT 8, 'payments', 'Payments for tools = price of the tools ordered', '={sum:fin_payments.usd}', '={sum:fin_capex.usd}', NULL, {CENT}
    UNION ALL SELECT 9, 'depreciation', 'Depreciation of the horizon = tools charged', '={sum:fin_depreciation.depreciation_usd}', '={sum:fin_capex.charged_usd}', NULL, {CENT}
    UNION ALL SELECT 10, 'sales', 'Cost of sales by shipment = cost of sales by item', '={sum:fin_revenue.sales_usd}', '={sum:fin_unit.shipped_usd}', NULL, {CENT}
    UNION ALL SELECT 11, 'arrivals', 'Units that come out (Arrivals) = made and bought (database)', '={sum:fin_arrivals.units}', NULL, (SELECT total(made + bought) FROM plan_stock WHERE plan = :plan), {CENT}
    UNION ALL SELECT 12, 'flow', 'Cost that goes in (stock, receipts, starts, power, tools) = cost of sales, stock, unfinished, thrown away, loops',
      '={cell:fin_flow.opening}+{cell:fin_flow.received}+{cell:fin_flow.starts}+{cell:fin_flow.power}+{cell:fin_flow.tools}', '={cell:fin_flow.sales}+{cell:fin_flow.closing}+{cell:fin_flow.unfinished}+{cell:fin_flow.discarded}+{cell:fin_flow.lots}+{cell:fin_flow.loops}', NULL, {CENT}
    UNION ALL SELECT 13, 'margin', 'Margin of chips = revenue - cost of sales', '={sum:fin_margin.margin_usd}', '={sum:fin_revenue.revenue_usd}-{sum:fin_revenue.sales_usd}', NULL, {CENT}
    UNION ALL SELECT 14, 'power', 'Power of starts, lots and base load = power of sheet Cost', '={cell:fin_flow.power}+{cell:fin_flow.lots_power}+{cell:fin_flow.base}' || later, '=SUMIFS({column:fin_cost.usd},{column:fin_cost.kind},"Power")', NULL, {CENT} FROM old
    UNION ALL SELECT 15, 'tools', 'Depreciation of starts, lots and unused periods = depreciation', '={cell:fin_flow.tools}+{cell:fin_flow.lots_tools}+{cell:fin_flow.unused}', '={sum:fin_depreciation.depreciation_usd}', NULL, {CENT} FROM old WHERE later = ''
    UNION ALL SELECT 16, 'hours', 'Hours of starts and lots on tools ordered = hours used (database)', '={sum:fin_work.hours}', NULL, hours, {TOLERANCE_EXACT} * max(1, hours) FROM old, (SELECT total(c.used_hours) AS hours FROM plan_capacity AS c JOIN owned AS o ON o.tool_group = c.tool_group WHERE c.plan = :plan) WHERE later = ''
    UNION ALL SELECT 17, 'parts', 'Wafers, assembly, parts, power, tools, stock of what is shipped = cost of sales', '=SUMPRODUCT({column:fin_margin.units}*({column:fin_margin.wafers_per_unit}+{column:fin_margin.assembly_per_unit}+{column:fin_margin.bought_per_unit}+{column:fin_margin.power_per_unit}+{column:fin_margin.tools_per_unit}+{column:fin_margin.stock_per_unit}))', '={sum:fin_revenue.sales_usd}', NULL, {CENT}
    UNION ALL SELECT 18, 'loops', 'Nothing is lost on the way, as there are no loops', '={cell:fin_flow.loops}', NULL, 0.0, {CENT} WHERE NOT EXISTS (SELECT 1 FROM loops)
    UNION ALL SELECT 19, 'spent', 'Every dollar of sheets Cost and Depreciation is in a line of sheet Cost flow',
      '={cell:fin_flow.starts}+{cell:fin_flow.power}+{cell:fin_flow.tools}+{cell:fin_flow.fixed}+{cell:fin_flow.substitution}+{cell:fin_flow.holding}+{cell:fin_flow.base}+{cell:fin_flow.lots_power}+{cell:fin_flow.lots_tools}+{cell:fin_flow.unused}+{cell:fin_flow.removal}+{cell:fin_flow.discard}+{cell:fin_flow.moved}' || iif(later = '', '', '+{cell:fin_flow.unknown}'),
      '={sum:fin_cost.usd}+{sum:fin_depreciation.depreciation_usd}', NULL, {CENT} FROM old
    UNION ALL SELECT 20, 'bridge', 'Bridge: units of now at prices before, and the step Price = revenue', '={sum:fin_bridge_chips.now_usd}+{cell:fin_bridge.price}', '={sum:fin_revenue.revenue_usd}', NULL, {CENT} FROM base
      WHERE plan IS NOT NULL AND EXISTS (SELECT 1 FROM plan_shipment AS s JOIN per ON per.period = s.period WHERE s.plan = :plan AND s.quantity > {NOTHING})
    UNION ALL SELECT 21, 'proof', 'Proof: 1 = verified', '=IF({cell:audit.check_result}="verified",1,0)', NULL, 1, 0
    UNION ALL SELECT 22, 'inputs', 'Hash of the inputs now = hash of the plan''s inputs (1 = yes)', '=IF({cell:audit.inputs_now}={cell:audit.inputs_sha256},1,0)', NULL, 1, 0
    UNION ALL SELECT 23, 'periods', 'Periods = periods of the database', '=SUMPRODUCT(({column:fin_periods.period}<>"")*1)', NULL, (SELECT count(*) FROM per), 0)
-- Checks: what the sheets add up to, against another way to it. All but the first hold whatever the drivers are.
SELECT number, key, what, formula, independent_formula, independent, tolerance FROM facts ORDER BY number
