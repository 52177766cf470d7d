-- What the newest sweep whose base is a plan says of it: ranges over its runs, what is shipped in each period, and what runs that change nothing but the budget for tools come to. A percentile is the least value that
-- at least that share of the weight of the runs with a plan does not exceed (view sweep_range).
-- parameters: :plan the plan
-- columns: sweep, a JSON object: sweep, name, runs, solved, ranges (what, key, p10, p50, p90), promises (customer, item, period, firm, upside: p10 and p90 of what is shipped), budget (run, name, change,
--   factor of the budget where the change is one, profit_usd, objective_usd, tools_usd)
WITH asked AS (SELECT max(s.sweep) AS sweep FROM sweep AS s JOIN plan_hash AS h ON h.plan = :plan AND h.content_sha256 = s.base_sha256),
     solved AS (SELECT r.* FROM sweep_solved AS r JOIN asked ON asked.sweep = r.sweep),
     pair AS (SELECT DISTINCT customer, item, period FROM sweep_shipment AS x JOIN asked ON asked.sweep = x.sweep),
     shipped AS (SELECT p.customer, p.item, p.period, r.run, r.weight, coalesce(x.quantity, 0) AS units
                 FROM pair AS p CROSS JOIN solved AS r LEFT JOIN sweep_shipment AS x ON x.sweep = r.sweep AND x.run = r.run AND x.customer = p.customer AND x.item = p.item AND x.period = p.period
                 WHERE r.run > 0),
     summed AS (SELECT *, SUM(weight) OVER (PARTITION BY customer, item, period ORDER BY units, run) AS below, SUM(weight) OVER (PARTITION BY customer, item, period) AS whole FROM shipped),
     promise AS (SELECT customer, item, period, MIN(units) FILTER (WHERE below >= 0.1 * whole * (1 - 1e-12)) AS firm, MIN(units) FILTER (WHERE below >= 0.9 * whole * (1 - 1e-12)) AS upside
                 FROM summed GROUP BY customer, item, period),
     budget AS (SELECT r.run, r.name, group_concat(c.operation || ' ' || c.value || iif(c.row_key = '*', '', ' at ' || c.row_key), ', ') AS change,
                       iif(count(*) = 1 AND min(c.operation) = 'scale' AND min(c.row_key) = '*' AND min(c.from_date) IS NULL AND min(c.to_date) IS NULL, CAST(min(c.value) AS REAL), NULL) AS factor,
                       r.profit_usd, r.objective_usd, (SELECT total(t.usd) FROM sweep_tool AS t WHERE t.sweep = r.sweep AND t.run = r.run) AS tools_usd
                FROM solved AS r JOIN sweep_change AS c ON c.sweep = r.sweep AND c.run = r.run
                WHERE r.run > 0 GROUP BY r.run HAVING min(c.tbl = 'capex_budget') = 1)
SELECT json_object('sweep', s.sweep, 'name', s.name, 'runs', (SELECT count(*) FROM sweep_run AS r WHERE r.sweep = s.sweep AND r.run > 0), 'solved', (SELECT count(*) FROM solved WHERE run > 0),
                   'ranges', (SELECT json_group_array(json_object('what', what, 'key', key, 'p10', p10, 'p50', p50, 'p90', p90)) FROM sweep_range AS r WHERE r.sweep = s.sweep AND what IN ('profit_usd', 'objective_usd', 'fill')),
                   'promises', (SELECT json_group_array(json_object('customer', customer, 'item', item, 'period', period, 'firm', firm, 'upside', upside)) FROM (SELECT * FROM promise ORDER BY customer, item, period)),
                   'budget', (SELECT json_group_array(json_object('run', run, 'name', name, 'change', change, 'factor', factor, 'profit_usd', profit_usd, 'objective_usd', objective_usd, 'tools_usd', tools_usd))
                              FROM (SELECT * FROM budget ORDER BY factor IS NULL, factor, run))) AS sweep
FROM asked JOIN sweep AS s ON s.sweep = asked.sweep;
