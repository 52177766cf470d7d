,
     d AS (SELECT total(quantity * price_usd) AS demanded, total(shipped * price_usd) AS shipped, total(short * price_usd) AS short FROM plan_demand WHERE plan = :plan),
     tail AS (SELECT total(s.revenue_usd * t.discount) AS usd FROM plan_shipment AS s JOIN plan_tail_period AS t ON t.plan = s.plan AND t.period = s.period WHERE s.plan = :plan),
facts(number, key, what, value, independent, formula, tolerance) AS (
  SELECT 10, 'shipped', 'Shipped (Customers) = shipments at the price of their orders (database)', NULL, (SELECT total(quantity * price_usd) FROM plan_shipment WHERE plan = :plan),
         '={sum:exec_customers.shipped_usd}', {TOLERANCE}
  UNION ALL SELECT 11, 'balance', 'Short (Customers) = what orders lack (database)', NULL, short, '={sum:exec_customers.short_usd}', {TOLERANCE} FROM d
  UNION ALL SELECT 20, 'revenue', 'Revenue (Years) = shipments inside the horizon (database)', NULL,
         (SELECT total(revenue_usd) FROM plan_shipment WHERE plan = :plan AND period IN (SELECT period FROM plan_period WHERE plan = :plan)), '={sum:exec_years.revenue_usd}', {TOLERANCE}
  UNION ALL SELECT 21, 'tools', 'Tools charged (Years) = share of their price in the horizon (database)', NULL, (SELECT total(charged_usd) FROM plan_purchase WHERE plan = :plan AND event = 'order'), '={sum:exec_years.tools_usd}', {TOLERANCE}
  UNION ALL SELECT 22, 'profit', 'Profit, discounted (Years) = profit before penalties of the proof' || iif(tail.usd = 0, '', ', less orders that leave behind the horizon'), NULL, profit_usd - tail.usd, '={sum:exec_years.discounted_usd}', {TOLERANCE} FROM p, tail
  UNION ALL SELECT 23, 'cash', 'Tools ordered, cash (Years) = price x tools ordered (database)', NULL,
         (SELECT total(tools * usd_per_tool) FROM plan_purchase WHERE plan = :plan AND event = 'order'), '={sum:exec_years.cash_usd}', {TOLERANCE}
  UNION ALL SELECT 30, 'proof', 'The plan is proved (1: verified)', 1, (SELECT check_result = 'verified' FROM p), NULL, 0
  UNION ALL SELECT 40, 'errors', 'Sheets with an error in a cell', NULL, 0,
         '=IFERROR(0*SUM({all:exec_customers}),1)+IFERROR(0*SUM({all:exec_years}),1)+IFERROR(0*SUM({all:exec_levers}),1)+IFERROR(0*SUM({all:exec_decisions}),1)+IFERROR(0*SUM({all:exec_cover}),1)', 0)
-- Checks: what the sheets add up to, against another figure of the database. The difference is relative for values above 1.
SELECT number, key, what, value, independent, tolerance, formula FROM facts ORDER BY number
