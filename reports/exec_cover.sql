,
     d AS (SELECT (SELECT count(*) FROM plan_short WHERE plan = :plan) AS demands_short, count(*) AS demands FROM plan_demand WHERE plan = :plan),
     lines(number, section, key, label, value, format, formula, note) AS (
  SELECT 10, 'Plan', 'subject', 'Plan', plan_name || ': plan ' || plan || iif(name = plan_name, '', ' "' || name || '"') || iif(simulated = 1, ' · SIMULATED HISTORY', ''), 'text', NULL, NULL FROM p
  UNION ALL SELECT 11, NULL, 'start', 'First day', horizon_start, 'date', NULL, NULL FROM p
  UNION ALL SELECT 12, NULL, 'end', 'Last day', date(horizon_end, '-1 day'), 'date', NULL, NULL FROM p
  UNION ALL SELECT 13, NULL, 'policy', 'Policy', policy, 'text', NULL, 'who gets the capacity' || iif(policy_price_usd > 0, '; it gives up profit of ' || printf('%,d', CAST(round(policy_price_usd) AS INTEGER)) || ' USD', '') FROM p
  UNION ALL SELECT 14, NULL, 'warning', 'History', 'SIMULATED: yields, measures or lots of this plan are of a history made by fabplan, not measured in a fab', 'text', NULL,
                   'what follows from them says nothing about a real fab' FROM p WHERE simulated = 1
  UNION ALL SELECT 15, NULL, 'proof', 'Proof', CASE WHEN status <> 'optimal' THEN 'a plan within the gap of the best' ELSE 'no plan is better' || CASE WHEN json_extract(options, '$.robust.futures') IS NOT NULL THEN ' with these tools, which are those of many futures' ELSE '' END
                     || CASE WHEN policy <> 'profit' THEN ' within this policy' ELSE '' END END, 'text', NULL,
                   'checked in exact arithmetic, without the solver: nothing of that kind is better than ' || printf('%,d', CAST(round(bound_usd) AS INTEGER)) || ' USD' FROM p
  UNION ALL SELECT 16, NULL, 'calm', 'Price of calm', printf('%,d', CAST(round(calm_usd) AS INTEGER)) || ' USD', 'text', NULL, 'of the objective, given up for starts that move less' FROM p WHERE calm_usd > 0
  UNION ALL SELECT 20, 'Customers', 'demanded_usd', 'Demand', NULL, 'usd', '={sum:exec_customers.demanded_usd}', 'at the price of each order, not discounted' FROM d
  UNION ALL SELECT 21, NULL, 'shipped_usd', 'Shipped', NULL, 'usd', '={sum:exec_customers.shipped_usd}', 'in time or late' FROM d
  UNION ALL SELECT 22, NULL, 'fill', 'Fill', NULL, 'percent',
                   '=IF({cell:exec_cover.demanded_usd}=0,1,{cell:exec_cover.shipped_usd}/{cell:exec_cover.demanded_usd})', 'shipped of demanded value' FROM d
  UNION ALL SELECT 23, NULL, 'demands_short', 'Orders not filled', demands_short, 'count', NULL, 'of ' || demands FROM d
  UNION ALL SELECT 24, NULL, 'promises', 'Promises broken', count(*), 'count', NULL, 'the penalty that steers the plan is ' || printf('%,d', CAST(round(sum(penalty_usd)) AS INTEGER)) || ' USD' FROM plan_promise WHERE plan = :plan HAVING count(*) > 0
  UNION ALL SELECT 25, NULL, 'compute_gw', 'Compute shipped', NULL, 'decimal3', '={sum:exec_years.compute_gw}', 'GW, of all chips shipped inside the horizon'
  UNION ALL SELECT 30, 'Money', 'revenue_usd', 'Revenue', NULL, 'usd',
                   '={sum:exec_years.revenue_usd}', 'not discounted'
  UNION ALL SELECT 31, NULL, 'profit_usd', 'Profit before penalties', NULL, 'usd', '={sum:exec_years.discounted_usd}', 'discounted; tools as charged, without the worth of what is left'
  UNION ALL SELECT 32, NULL, 'cash_usd', 'Tools ordered, cash', NULL, 'usd', '={sum:exec_years.cash_usd}', 'the whole price, not discounted'
  UNION ALL SELECT 33, NULL, 'end_value_usd', 'Worth of what is left', end_value_usd, 'usd', NULL, 'discounted' FROM p
  UNION ALL SELECT 40, 'How to read', 'live', 'Live', 'Values and formulas', 'text', NULL, 'Green values were decided by the optimiser, black ones follow from them. The planner''s book says where, when and why.')
-- The first page for whoever decides: which plan, proved how, what customers get, what it earns.
SELECT number, section, key, label, value, format, formula, note FROM lines ORDER BY number
