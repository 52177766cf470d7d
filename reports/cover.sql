,
     d AS (SELECT count(*) AS demands FROM plan_demand WHERE plan = :plan),
     lines(number, section, key, label, value, format, formula, note) AS (
  SELECT 10, 'Plan', 'subject', 'Plan', plan_name || ': plan ' || plan || iif(name = plan_name, '', ' "' || name || '"') || iif(simulated = 1, ' · SIMULATED HISTORY', ''), 'text', NULL, NULL FROM p
  UNION ALL SELECT 11, NULL, 'policy', 'Policy', policy, 'text', NULL, 'who gets the capacity' FROM p
  UNION ALL SELECT 19, NULL, 'policy_price_usd', 'Price of the policy', policy_price_usd, 'usd', NULL, 'profit given up against policy profit; discounted' FROM p WHERE policy <> 'profit'
  UNION ALL SELECT 16, NULL, 'yields', 'Yields', yields, 'text', NULL, iif(yields = 'plan', 'of the data set', 'of the newest estimates from the history') FROM p WHERE yields IS NOT NULL
  UNION ALL SELECT 17, NULL, 'measured', 'Measured', measured, 'text', NULL, 'as the history shows it, in place of what was planned' FROM p WHERE measured IS NOT NULL
  UNION ALL SELECT 18, NULL, 'warning', 'History', 'SIMULATED: yields, measures or lots of this plan are of a history made by fabplan, not measured in a fab', 'text', NULL,
                   'what follows from them says nothing about a real fab' FROM p WHERE simulated = 1
  UNION ALL SELECT 12, NULL, 'start', 'First day', horizon_start, 'date', NULL, NULL FROM p
  UNION ALL SELECT 13, NULL, 'end', 'Last day', date(horizon_end, '-1 day'), 'date', NULL, NULL FROM p
  UNION ALL SELECT 14, NULL, 'periods', 'Periods', (SELECT count(*) FROM plan_period WHERE plan = :plan), 'count', NULL, NULL
  UNION ALL SELECT 15, NULL, 'currency', 'Currency', currency, 'text', NULL, 'money, named USD in headers' FROM p
  UNION ALL SELECT 20, 'Answer', 'status', 'Status', status, 'text', NULL,
                   CASE status WHEN 'optimal' THEN 'nothing better exists within the gap'
                     ELSE 'a limit stopped the search: a plan within the gap of the best' END FROM p
  UNION ALL SELECT 21, NULL, 'objective_usd', 'Objective', NULL, 'usd',
         '={sum:money.discounted_usd}+{cell:cover.end_value_usd}+{cell:cover.behind_usd}+{cell:cover.tail_usd}' || CASE WHEN calm_usd > 0 THEN '+{cell:cover.calm_usd}' ELSE '' END || CASE WHEN policy_usd <> 0 THEN '+{cell:cover.policy_usd}' ELSE '' END || CASE WHEN change_usd < 0 THEN '+{cell:cover.change_usd}' ELSE '' END,
                   'what the plan maximises: profit less penalties, plus the worth of what is left; discounted' FROM p
  UNION ALL SELECT 22, NULL, 'planned_usd', 'Objective as planned', objective_usd, 'usd', NULL,
                   'as it was proved' FROM p
  UNION ALL SELECT 22, NULL, 'bound_usd', 'Nothing better than', bound_usd, 'usd', NULL, 'proved bound on the objective of any plan' FROM p
  UNION ALL SELECT 23, NULL, 'gap', 'Gap', gap, 'small', NULL, 'distance of the objective from the bound, as a share' FROM p
  UNION ALL SELECT 25, NULL, 'whole', 'Tools', 'whole tools', 'text', NULL, 'bound and gap are of plans with whole tools; values are those with these tools fixed' FROM p WHERE whole_tools = 1
  UNION ALL SELECT 24, NULL, 'check', 'Proof', check_result, 'text', NULL, 'checked in exact arithmetic, without the solver' FROM p
  UNION ALL SELECT 30, 'Service', 'demanded_usd', 'Demand', NULL, 'usd', '=SUM({column:customers.demanded_usd})',
         'at the price of each order, of its own day, not discounted' FROM d
  UNION ALL SELECT 31, NULL, 'shipped_usd', 'Shipped', NULL, 'usd', '=SUM({column:customers.shipped_usd})', 'not discounted' FROM d
  UNION ALL SELECT 32, NULL, 'fill', 'Fill', NULL, 'percent',
                   '=IF({cell:cover.demanded_usd}=0,1,{cell:cover.shipped_usd}/{cell:cover.demanded_usd})', 'shipped of demanded value'
                     FROM d
  UNION ALL SELECT 33, NULL, 'on_time', 'On time', NULL, 'percent',
                   '=IF({cell:cover.demanded_usd}=0,1,SUM({column:customers.on_time_usd})/{cell:cover.demanded_usd})',
                   'shipped in its due period, of demanded value' FROM d
  UNION ALL SELECT 34, NULL, 'demands_short', 'Demands not filled', NULL, 'count',
         '=SUMPRODUCT(({column:why_short.short}>{SHORT}*({column:why_short.quantity}+({column:why_short.quantity}<1)*(1-{column:why_short.quantity})))*1)',
                   'of ' || demands || '; why, and what binds: sheet Why short' FROM d
  UNION ALL SELECT 35, NULL, 'broken', 'Promises broken', (SELECT count(*) FROM plan_promise WHERE plan = :plan), 'count', NULL,
         'sheet Promises'
  UNION ALL SELECT 40, 'Money, discounted', 'flows_usd', 'All money flows', NULL, 'usd', '={sum:money.discounted_usd}',
         'sheet Money, line by line'
  UNION ALL SELECT 41, NULL, 'end_value_usd', 'Worth of what is left', end_value_usd, 'usd', NULL,
                   'end stock and unfinished wafers at ' || CAST(round(100 * end_value_frac) AS INTEGER) || ' % of their value' FROM p
  UNION ALL SELECT 45, NULL, 'behind_usd', 'Late orders that ship behind the last day', (SELECT usd FROM behind), 'usd', NULL,
         'revenue and lateness of orders of the horizon; none without a tail'
  UNION ALL SELECT 46, NULL, 'tail_usd', 'Tail', tail_usd, 'usd', NULL,
         'all money behind the last day but that (setting tail_days), with the worth of what is left at its end' FROM p
  UNION ALL SELECT 49, NULL, 'change_usd', 'Penalty of changes', change_usd, 'usd', NULL,
         'of what the plan changes of the old one it keeps to' FROM p WHERE change_usd < 0
  UNION ALL SELECT 47, NULL, 'calm_usd', 'Price of calm', calm_usd, 'usd', NULL,
         'given up so that starts move less: this plan is worth the objective less this' FROM p WHERE calm_usd > 0
  UNION ALL SELECT 48, NULL, 'policy_usd', 'Missing from the policy', policy_usd, 'usd', NULL,
         'what whole tools leave missing of what the policy keeps, at commitment_factor a USD' FROM p WHERE policy_usd <> 0
  UNION ALL SELECT 42, NULL, 'profit_usd', 'Profit before penalties', profit_usd, 'usd', NULL,
         'money earned and spent, tools as charged; without penalties and without the worth of what is left' FROM p
  UNION ALL SELECT 43, NULL, 'penalties_usd', 'Penalties of the model', NULL, 'usd',
         '={cell:cover.flows_usd}+{cell:cover.behind_usd}' || CASE WHEN policy_usd <> 0 THEN '+{cell:cover.policy_usd}' ELSE '' END || CASE WHEN change_usd < 0 THEN '+{cell:cover.change_usd}' ELSE '' END || '-{cell:cover.profit_usd}', 'for short, late and broken promises: they steer the plan, and nobody is paid them' FROM p
  UNION ALL SELECT 44, NULL, 'cash_usd', 'Tools ordered, cash', (SELECT total(usd) FROM plan_purchase WHERE plan = :plan AND event = 'order'), 'usd', NULL,
         'the whole price, not discounted; the money flows hold the share of the tools'' life that falls into the horizon'
  UNION ALL SELECT 50, 'How to read', 'live', 'Live', 'Values and formulas', 'text', NULL,
                   'Green values were decided by the optimiser, formulas follow from them. This plan at other prices: the blue cells '
                   || 'of the finance book.'
  UNION ALL SELECT 51, NULL, 'hour', 'Worth at most', 'A multiplier', 'text', NULL,
                   'What one more hour of a tool group (start, megawatt, dollar) can gain at most: it was not tested; '
                   || 'in money of its period. Gains found by solving again: sheet Bottlenecks.'
  UNION ALL SELECT 52, NULL, 'signs', 'Signs', 'Quantities positive', 'text', NULL,
         'On sheet Money what is earned is positive, what is spent negative, in parentheses.')
-- The first page: which plan, how good, proved how, what it is worth, how to read the book.
SELECT number, section, key, label, value, format, formula, note FROM lines ORDER BY number
