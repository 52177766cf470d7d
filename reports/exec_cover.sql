,
     d AS (SELECT total(quantity * price_usd) AS demanded, total(shipped * price_usd) AS shipped,
                  (SELECT count(*) FROM plan_short WHERE plan = :plan) AS demands_short, count(*) AS demands FROM plan_demand WHERE plan = :plan),
     within AS (SELECT period FROM plan_period WHERE plan = :plan),
     gw AS (SELECT total(s.quantity * i.compute_watts) / 1000000000 AS gw FROM plan_shipment AS s JOIN item AS i ON i.item = s.item
            WHERE s.plan = :plan AND s.period IN (SELECT period FROM within)),
     lines(number, section, key, label, value, format, formula, note) AS (
  SELECT 10, 'Plan', 'subject', 'Plan', plan_name || ': plan ' || plan || iif(name = plan_name, '', ' "' || name || '"') || iif(simulated = 1, ' · SIMULATED HISTORY', ''), 'text', NULL, NULL FROM p
  UNION ALL SELECT 11, NULL, 'start', 'First day', horizon_start, 'date', NULL, NULL FROM p
  UNION ALL SELECT 12, NULL, 'end', 'Last day', date(horizon_end, '-1 day'), 'date', NULL, NULL FROM p
  UNION ALL SELECT 13, NULL, 'policy', 'Policy', policy, 'text', NULL, 'who gets the capacity' FROM p
  UNION ALL SELECT 14, NULL, 'warning', 'History', 'SIMULATED: yields, measures or lots of this plan are of a history made by fabplan, not measured in a fab', 'text', NULL,
                   'what follows from them says nothing about a real fab' FROM p WHERE simulated = 1
  UNION ALL SELECT 15, NULL, 'proof', 'Proof', CASE WHEN status = 'optimal' THEN 'no plan is better' ELSE 'a plan within the gap of the best' END, 'text', NULL,
                   'checked in exact arithmetic, without the solver: nothing is better than ' || printf('%,d', CAST(round(bound_usd) AS INTEGER)) || ' USD' FROM p
  UNION ALL SELECT 20, 'Customers', 'demanded_usd', 'Demand', demanded, 'usd', '={sum:exec_customers.demanded_usd}', 'at the price of each order, not discounted' FROM d
  UNION ALL SELECT 21, NULL, 'shipped_usd', 'Shipped', shipped, 'usd', '={sum:exec_customers.shipped_usd}', 'in time or late' FROM d
  UNION ALL SELECT 22, NULL, 'fill', 'Fill', CASE WHEN demanded = 0 THEN 1.0 ELSE shipped / demanded END, 'percent',
                   '=IF({cell:exec_cover.demanded_usd}=0,1,{cell:exec_cover.shipped_usd}/{cell:exec_cover.demanded_usd})', 'shipped of demanded value' FROM d
  UNION ALL SELECT 23, NULL, 'demands_short', 'Orders not filled', demands_short, 'count', NULL, 'of ' || demands FROM d
  UNION ALL SELECT 24, NULL, 'compute_gw', 'Compute shipped', gw, 'decimal3', '={sum:exec_years.compute_gw}', 'GW, of all chips shipped inside the horizon' FROM gw
  UNION ALL SELECT 30, 'Money', 'revenue_usd', 'Revenue', (SELECT total(revenue_usd) FROM plan_shipment WHERE plan = :plan AND period IN (SELECT period FROM within)), 'usd',
                   '={sum:exec_years.revenue_usd}', 'not discounted'
  UNION ALL SELECT 31, NULL, 'profit_usd', 'Profit before penalties', profit_usd, 'usd', '={sum:exec_years.discounted_usd}', 'discounted; tools as charged, without the worth of what is left' FROM p
  UNION ALL SELECT 32, NULL, 'cash_usd', 'Tools ordered, cash', (SELECT total(usd) FROM plan_purchase WHERE plan = :plan AND event = 'order'), 'usd', '={sum:exec_years.cash_usd}', 'the whole price, not discounted'
  UNION ALL SELECT 33, NULL, 'end_value_usd', 'Worth of what is left', end_value_usd, 'usd', NULL, 'discounted' FROM p
  UNION ALL SELECT 40, 'How to read', 'live', 'Live', 'Values and formulas', 'text', NULL, 'Green values were decided by the optimiser, black ones follow from them. The planner''s book says where, when and why.')
-- The first page for whoever decides: which plan, proved how, what customers get, what it earns.
SELECT number, section, key, label, value, format, formula, note FROM lines ORDER BY number
