,
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
    UNION ALL SELECT 12, 'flow', 'Cost that goes in (stock, starts, receipts) = cost of sales, stock, unfinished, thrown away, and what is taken beside the bills',
      '=SUMPRODUCT({what:fin_unit.opening_usd}*{totals:fin_unit})+{sum:fin_starts.own_usd}+{sum:fin_unit.received_usd}',
      '={sum:fin_unit.shipped_usd}+SUMPRODUCT({what:fin_unit.closing_usd}*{totals:fin_unit})+{sum:fin_starts.unfinished_usd}+{sum:fin_unit.discarded_usd}+({sum:fin_unit.taken_usd}-{sum:fin_components.usd}-{sum:fin_instead.usd})', NULL, {CENT}
    UNION ALL SELECT 13, 'margin', 'Margin of chips = revenue - cost of sales', '={sum:fin_margin.margin_usd}', '={sum:fin_revenue.revenue_usd}-{sum:fin_revenue.sales_usd}', NULL, {CENT}
    UNION ALL SELECT 20, 'proof', 'Proof: 1 = verified', '=IF({cell:audit.check_result}="verified",1,0)', NULL, 1, 0
    UNION ALL SELECT 21, 'inputs', 'Hash of the inputs now = hash of the plan''s inputs (1 = yes)', '=IF({cell:audit.inputs_now}={cell:audit.inputs_sha256},1,0)', NULL, 1, 0
    UNION ALL SELECT 22, 'periods', 'Periods = periods of the database', '=SUMPRODUCT(({column:fin_periods.period}<>"")*1)', NULL, (SELECT count(*) FROM per), 0)
-- Checks: what the sheets add up to, against another way to it. All but the first hold whatever the drivers are.
SELECT number, key, what, formula, independent_formula, independent, tolerance FROM facts ORDER BY number
