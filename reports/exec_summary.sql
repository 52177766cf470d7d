,
  sizes(big) AS (SELECT total(quantity * price_usd) >= 10000000 FROM plan_shipment WHERE plan = :plan),
  shown_in(unit, format) AS (SELECT iif(big, 'million USD', 'USD'), iif(big, 'usd_millions', 'usd') FROM sizes),
  -- at most eight years have a column each; all of them are in the totals
  year AS (SELECT y, row_number() OVER (ORDER BY y) AS place FROM (SELECT DISTINCT CAST(substr(start_date, 1, 4) AS INTEGER) AS y FROM plan_period WHERE plan = :plan) ORDER BY y LIMIT 8),
  told AS (SELECT :sweep ->> '$.sweep' AS sweep, :sweep ->> '$.name' AS name, :sweep ->> '$.solved' AS runs WHERE :sweep ->> '$.solved' > 0),
  range AS (SELECT value ->> '$.what' AS what, value ->> '$.key' AS key, value ->> '$.p10' AS p10, value ->> '$.p90' AS p90 FROM json_each(:sweep, '$.ranges')),
  wanted AS (SELECT d.customer, d.place, coalesce(nullif(c.name, d.customer) || ' (' || d.customer || ')', d.customer) AS label, row_number() OVER (ORDER BY d.usd DESC, d.customer) AS rank, count(*) OVER () AS customers
             FROM (SELECT customer, dense_rank() OVER (ORDER BY customer) AS place, sum(quantity * price_usd) AS usd FROM plan_demand WHERE plan = :plan GROUP BY customer) AS d
             LEFT JOIN customer AS c ON c.customer = d.customer),
  owed AS (SELECT DISTINCT d.customer, w.place AS place, CAST(substr(p.start_date, 1, 4) AS INTEGER) AS y FROM plan_demand AS d JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
           JOIN wanted AS w ON w.customer = d.customer WHERE d.plan = :plan),
  due AS (SELECT o.customer, y.y, y.place FROM owed AS o JOIN year AS y ON y.y = o.y),
  sums AS (SELECT customer, group_concat('{of:exec_customers.shipped_usd|c' || place || 'y' || y || '}', ',') AS shipped, group_concat('{of:exec_customers.demanded_usd|c' || place || 'y' || y || '}', ',') AS demanded
           FROM owed GROUP BY customer),
  -- one row each; cells(row, place, formula) fills them, place 0 is the total
  fill(row, label, customer, place) AS (SELECT 100 + rank, label, customer, place FROM wanted WHERE rank <= 8),
  kind(row, label, column_name) AS (VALUES (302, 'Revenue', 'revenue_usd'), (303, 'Costs of starts, stock, power', 'cost_usd'), (304, 'Tools charged', 'tools_usd'), (305, 'Profit before penalties', 'profit_usd'),
                                            (306, 'Tools ordered, cash', 'cash_usd'), (307, 'Cash flow', 'cash_flow_usd'), (308, 'Profit, discounted', 'discounted_usd')),
  cell(row, place, formula) AS (
    SELECT f.row, d.place, '={of:exec_customers.fill|c' || f.place || 'y' || d.y || '}' FROM fill AS f JOIN due AS d ON d.customer = f.customer
    UNION ALL SELECT f.row, 0, '=IF(SUM(' || s.demanded || ')=0,1,SUM(' || s.shipped || ')/SUM(' || s.demanded || '))' FROM fill AS f JOIN sums AS s ON s.customer = f.customer
    UNION ALL SELECT 200, 0, '=IF({sum:exec_customers.demanded_usd}=0,1,{sum:exec_customers.shipped_usd}/{sum:exec_customers.demanded_usd})' FROM wanted WHERE rank = 1
    UNION ALL SELECT DISTINCT 200, place, '=IF(' || demanded || '=0,1,SUMIFS({column:exec_customers.shipped_usd},{column:exec_customers.year},' || y || ')/' || demanded || ')'
                     FROM (SELECT y, place, 'SUMIFS({column:exec_customers.demanded_usd},{column:exec_customers.year},' || y || ')' AS demanded FROM due)
    UNION ALL SELECT 201, place, '={of:exec_years.compute_gw|' || y || '}' FROM year
    UNION ALL SELECT 201, 0, '={sum:exec_years.compute_gw}'
    UNION ALL SELECT k.row, y.place, '={of:exec_years.' || k.column_name || '|' || y.y || '}' FROM kind AS k CROSS JOIN year AS y
    UNION ALL SELECT k.row, 0, '={sum:exec_years.' || k.column_name || '}' FROM kind AS k),
  lever AS (SELECT row_number() OVER (ORDER BY price_usd IS NULL, gain_usd / price_usd DESC, gain_usd DESC, number) AS place, label, period, step, unit, price_usd
            FROM (SELECT v.number, v.label || coalesce(' (' || nullif(g.name, g.tool_group) || ')', '') AS label, v.period, v.step, v.unit, v.gain_usd,
                         nullif(CASE v.what WHEN 'tool' THEN g.price_usd * v.step WHEN 'usd' THEN v.step END, 0) AS price_usd
                  FROM plan_step AS v LEFT JOIN tool_group AS g ON g.tool_group = v.key AND v.what = 'tool' WHERE v.plan = :plan AND v.tested AND v.lever)),
  lever_shown(unit, format) AS (SELECT iif(big, 'million USD', 'USD'), iif(big, 'usd_millions', 'usd') FROM (SELECT coalesce(max(gain_usd), 0) >= 1000000 AS big FROM plan_step WHERE plan = :plan AND tested AND lever)),
  rows(row, style, label, note, format, other_format, low, high) AS (
    SELECT 100, 'head', 'Customers: fill of what is due in a year' || (SELECT iif(customers > 8, ' (the largest 8 of ' || customers || ')', '') FROM wanted WHERE rank = 1), 'Unit', 'general', 'general',
           (SELECT 'p10' FROM told), (SELECT 'p90' FROM told)
    UNION ALL SELECT f.row, 'fill', f.label, 'share of value', 'percent', 'percent', (SELECT p10 FROM range WHERE what = 'fill' AND key = f.customer), (SELECT p90 FROM range WHERE what = 'fill' AND key = f.customer) FROM fill AS f
    UNION ALL SELECT 200, 'total', 'All customers', 'share of value', 'percent', 'percent', NULL, NULL
    UNION ALL SELECT 201, '', 'Compute shipped', 'GW', 'decimal3', 'decimal3', NULL, NULL
    UNION ALL SELECT 300, '', NULL, NULL, 'text', 'text', NULL, NULL
    UNION ALL SELECT 301, 'head', 'Profit and cash', 'Unit', 'general', 'general', (SELECT 'p10' FROM told), (SELECT 'p90' FROM told)
    UNION ALL SELECT k.row, iif(k.row IN (305, 307), 'total', ''), k.label, m.unit, m.format, m.format,
                     (SELECT p10 FROM range WHERE k.row = 308 AND what = 'profit_usd'), (SELECT p90 FROM range WHERE k.row = 308 AND what = 'profit_usd') FROM kind AS k CROSS JOIN shown_in AS m
    UNION ALL SELECT 400, '', NULL, NULL, 'text', 'text', NULL, NULL
    UNION ALL SELECT 401, 'head', 'The best levers, each tested by solving again', 'From', 'text', 'text', NULL, NULL
    UNION ALL SELECT 401 + place, '', rtrim(rtrim(printf('%.3f', step), '0'), '.') || CASE WHEN label LIKE 'a tool of %' THEN ' more ' || substr(label, 3) WHEN substr(label, 1, length(unit) + 4) = unit || ' of ' THEN ' more ' || label
                     ELSE ' ' || unit || ' more: ' || label END, period, (SELECT format FROM lever_shown), 'decimal3', NULL, NULL
              FROM lever WHERE place <= 5
    UNION ALL SELECT 402, '', 'None was tested: the plan was made with 0 values', NULL, 'text', 'text', NULL, NULL WHERE NOT EXISTS (SELECT 1 FROM lever)
    UNION ALL SELECT 500, '', NULL, NULL, 'text', 'text', NULL, NULL FROM told
    UNION ALL SELECT 501, '', 'p10 and p90: of ' || runs || ' runs of sweep ' || sweep || iif(name = '', '', ' "' || name || '"') || ', whose base is this plan', NULL, 'text', 'text', NULL, NULL FROM told)
-- The plan on one page: fill by customer and year, compute shipped, money and cash by year, the levers, and ranges of a stored sweep.
SELECT r.row, r.style, r.label, r.note, r.format, r.other_format, r.low, r.high,
       CASE r.row WHEN 100 THEN 'All years' WHEN 301 THEN 'All years' WHEN 401 THEN 'Gain, ' || (SELECT unit FROM lever_shown) END AS total,
       CASE r.row WHEN 401 THEN 'Price, ' || (SELECT unit FROM lever_shown) WHEN 100 THEN (SELECT y FROM year WHERE place = 1) WHEN 301 THEN (SELECT y FROM year WHERE place = 1) END AS y1,
       CASE r.row WHEN 401 THEN 'Gain for each dollar' WHEN 100 THEN (SELECT y FROM year WHERE place = 2) WHEN 301 THEN (SELECT y FROM year WHERE place = 2) END AS y2,
       (SELECT y FROM year WHERE place = 3 AND r.row IN (100, 301)) AS y3, (SELECT y FROM year WHERE place = 4 AND r.row IN (100, 301)) AS y4,
       (SELECT y FROM year WHERE place = 5 AND r.row IN (100, 301)) AS y5, (SELECT y FROM year WHERE place = 6 AND r.row IN (100, 301)) AS y6,
       (SELECT y FROM year WHERE place = 7 AND r.row IN (100, 301)) AS y7, (SELECT y FROM year WHERE place = 8 AND r.row IN (100, 301)) AS y8,
       coalesce((SELECT formula FROM cell AS c WHERE c.row = r.row AND c.place = 0), (SELECT '={of:exec_levers.gain_usd|' || place || '}' FROM lever WHERE place <= 5 AND 401 + place = r.row)) AS f0,
       coalesce((SELECT formula FROM cell AS c WHERE c.row = r.row AND c.place = 1), (SELECT '={of:exec_levers.price_usd|' || place || '}' FROM lever WHERE place <= 5 AND 401 + place = r.row AND price_usd > 0)) AS f1,
       coalesce((SELECT formula FROM cell AS c WHERE c.row = r.row AND c.place = 2), (SELECT '={of:exec_levers.gain_per_usd|' || place || '}' FROM lever WHERE place <= 5 AND 401 + place = r.row AND price_usd > 0)) AS f2,
       (SELECT formula FROM cell AS c WHERE c.row = r.row AND c.place = 3) AS f3, (SELECT formula FROM cell AS c WHERE c.row = r.row AND c.place = 4) AS f4,
       (SELECT formula FROM cell AS c WHERE c.row = r.row AND c.place = 5) AS f5, (SELECT formula FROM cell AS c WHERE c.row = r.row AND c.place = 6) AS f6,
       (SELECT formula FROM cell AS c WHERE c.row = r.row AND c.place = 7) AS f7, (SELECT formula FROM cell AS c WHERE c.row = r.row AND c.place = 8) AS f8
FROM rows AS r ORDER BY r.row
