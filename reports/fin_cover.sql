,
  lines(number, section, key, label, value, format, formula, note) AS (
  SELECT 10, 'Plan', 'subject', 'Plan', plan_name || ': plan ' || plan || iif(name = plan_name, '', ' "' || name || '"') || iif(simulated = 1, ' · SIMULATED HISTORY', ''), 'text', NULL, NULL FROM p
  UNION ALL SELECT 11, NULL, 'start', 'First day', horizon_start, 'date', NULL, NULL FROM p
  UNION ALL SELECT 12, NULL, 'end', 'Last day', date(horizon_end, '-1 day'), 'date', NULL, NULL FROM p
  UNION ALL SELECT 13, NULL, 'currency', 'Currency', currency, 'text', NULL, 'money, named USD in headers' FROM p
  UNION ALL SELECT 14, NULL, 'warning', 'History', 'SIMULATED: yields, measures or lots of this plan are of a history made by fabplan, not measured in a fab', 'text', NULL,
                   'what follows from them says nothing about a real fab' FROM p WHERE simulated = 1
  UNION ALL SELECT 15, NULL, 'proof', 'Proof', CASE WHEN status <> 'optimal' THEN 'a plan within the gap of the best' ELSE 'no plan is better' || CASE WHEN json_extract(options, '$.robust.futures') IS NOT NULL THEN ' with these tools, which are those of many futures' ELSE '' END
                     || CASE WHEN policy <> 'profit' THEN ' within this policy' ELSE '' END END, 'text', NULL,
                   'at the prices as planned, checked in exact arithmetic' FROM p
  UNION ALL SELECT 16, NULL, 'changed', 'Drivers changed', NULL, 'count', '=SUM({column:fin_drivers.changed})', 'blue cells of sheet Drivers that are not as planned'
  UNION ALL SELECT 20, 'Profit, not discounted', 'revenue_usd', 'Revenue', NULL, 'usd', '={sum:fin_revenue.revenue_usd}', 'sheet Revenue'
  UNION ALL SELECT 21, NULL, 'cost_usd', 'Costs', NULL, 'usd', '={sum:fin_cost.usd}', 'sheet Cost'
  UNION ALL SELECT 22, NULL, 'tools_usd', 'Tools, charged', NULL, 'usd', '={sum:fin_capex.charged_usd}', 'the share of their life in the horizon: sheet Capex'
  UNION ALL SELECT 23, NULL, 'profit_usd', 'Profit', NULL, 'usd', '={cell:fin_cover.revenue_usd}-{cell:fin_cover.cost_usd}-{cell:fin_cover.tools_usd}', 'without penalties, and without the worth of what is left'
  UNION ALL SELECT 24, NULL, 'margin', 'Profit of revenue', NULL, 'percent', '=IF({cell:fin_cover.revenue_usd}=0,0,{cell:fin_cover.profit_usd}/{cell:fin_cover.revenue_usd})', NULL
  UNION ALL SELECT 30, 'Cash, not discounted', 'capex_usd', 'Tools ordered', NULL, 'usd', '={sum:fin_capex.usd}', 'the whole price'
  UNION ALL SELECT 31, NULL, 'net_usd', 'Net cash of the horizon', NULL, 'usd', '={sum:fin_cash.net_usd}', 'revenue - costs - payments for tools: sheet Cash'
  UNION ALL SELECT 32, NULL, 'lowest_usd', 'Lowest cash', NULL, 'usd', '=MIN(0,{of:fin_cash.cumulative_usd|cash})', 'most that has to be financed, at the end of a month'
  UNION ALL SELECT 33, NULL, 'payback', 'Paid back', NULL, 'text', '=IF(MIN({of:fin_cash.cumulative_usd|cash})>=0,"never in the red",IF(INDEX({of:fin_cash.cumulative_usd|cash},' || (SELECT count(*) FROM months) ||
                   ')<0,"not in the horizon",INDEX({periods:fin_cash},1+SUMPRODUCT(MAX(({of:fin_cash.cumulative_usd|cash}<0)*{axis:fin_cash.number})))))', 'first month from which cash stays at or above nothing'
  UNION ALL SELECT 34, NULL, 'irr', 'Internal rate of return', NULL, 'percent', '=IF((MIN({of:fin_cash.cumulative_usd|cash})<0)*(SUM({of:fin_cash.net_usd|cash})>0),IFERROR((1+IRR({of:fin_cash.net_usd|cash}))^12-1,"none"),"none")', 'a year, of the net cash by month; none where nothing is laid out, or not earned back'
  UNION ALL SELECT 40, 'Worth, discounted', 'npv_usd', 'Net present value of the cash', NULL, 'usd', '={sum:fin_revenue.discounted_usd}-{sum:fin_cost.discounted_usd}-{sum:fin_payments.discounted_usd}',
                   'at the discount rate of sheet Drivers, tools at their whole price when it is paid'
  UNION ALL SELECT 41, NULL, 'book_usd', 'Book value of tools at the end', NULL, 'usd', '={sum:fin_capex.book_usd}', 'not discounted'
  UNION ALL SELECT 42, NULL, 'end_value_usd', 'Worth of what is left', NULL, 'usd', '={sum:fin_end.discounted_usd}', 'stock and unfinished wafers'
  UNION ALL SELECT 43, NULL, 'penalties_usd', 'Penalties of the model', NULL, 'usd', '=-{sum:fin_penalties.discounted_usd}', 'below the line: nobody is paid them'
  UNION ALL SELECT 44, NULL, 'objective_usd', 'Objective', NULL, 'usd', '={cell:fin_reconciliation.objective}', 'what the plan maximised: tools charged, penalties and worth of what is left counted'
  UNION ALL SELECT 45, NULL, 'planned_usd', 'Objective as planned', objective_usd, 'usd', NULL, 'when the plan was made' FROM p
  UNION ALL SELECT 46, 'Return of the tools ordered', 'tools_against', 'Measured against', 'plan ' || plan, 'text', NULL, 'orders no tools, of the same inputs, as planned: sheet Return of tools' FROM no_orders WHERE plan IS NOT NULL
  UNION ALL SELECT 46, 'Return of the tools ordered', 'tools_against', 'Measured against', 'nothing stored', 'text', NULL, 'store a plan of the same inputs that cannot order (a scenario with tool_group.buyable 0): what tools bring is the difference to it'
     WHERE (SELECT plan FROM no_orders) IS NULL AND EXISTS (SELECT 1 FROM owned) AND json_extract((SELECT options FROM p), '$.scenario') IS NULL
  UNION ALL SELECT 47, NULL, 'tools_npv_usd', 'Net present value', NULL, 'usd', '={cell:fin_cover.npv_usd}-(' || format('%!.17g', npv_usd) || ')', 'cash of this plan less that without orders, discounted; tools at their whole price' FROM no_orders WHERE plan IS NOT NULL
  UNION ALL SELECT 48, NULL, 'tools_payback', 'Paid back', NULL, 'text', '=IF(MIN({of:fin_return.cumulative_usd|tools})>=0,"never in the red",IF(INDEX({of:fin_return.cumulative_usd|tools},' || (SELECT count(*) FROM months) ||
                   ')<0,"not in the horizon",INDEX({periods:fin_return},1+SUMPRODUCT(MAX(({of:fin_return.cumulative_usd|tools}<0)*{axis:fin_return.number})))))', 'first month from which their cash stays at or above nothing'
     FROM no_orders WHERE plan IS NOT NULL
  UNION ALL SELECT 49, NULL, 'tools_irr', 'Internal rate of return', NULL, 'percent', '=IF((MIN({of:fin_return.cumulative_usd|tools})<0)*(SUM({of:fin_return.gain_usd|tools})>0),IFERROR((1+IRR({of:fin_return.gain_usd|tools}))^12-1,"none"),"none")',
                   'a year, of their cash by month; none where nothing is laid out, or not earned back' FROM no_orders WHERE plan IS NOT NULL
  UNION ALL SELECT 50, 'How to read', 'live', 'Live', 'Values and formulas', 'text', NULL, 'Green values were decided by the optimiser. A changed blue cell of sheet Drivers revalues this plan; it does not make a new one.'
  UNION ALL SELECT 51, NULL, 'signs', 'Signs', 'Quantities positive', 'text', NULL, 'What is earned is positive, what is spent negative in sums by year and month; on lists every amount is positive.')
-- The first page: what the plan is worth.
SELECT number, section, key, label, value, format, formula, note FROM lines ORDER BY number
