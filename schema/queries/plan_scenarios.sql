-- What stored scenarios do to a plan: the newest optimal plan of each, of the same inputs and policy, the runs of the newest sweep whose base it is, and the stored scenarios that none of them has.
-- parameters: :plan the plan
-- columns: scenarios, a JSON array of objects: source, name, scenarios, profit_usd, objective_usd (discounted), tools_usd (price of the orders); without figures: not planned
WITH asked AS (SELECT * FROM plan WHERE plan = :plan),
     named AS (SELECT q.*, json_extract(q.options, '$.scenario') AS scenarios, row_number() OVER (PARTITION BY json_extract(q.options, '$.scenario') ORDER BY q.plan DESC) AS place
               FROM plan AS q JOIN asked AS a ON q.inputs_sha256 = a.inputs_sha256 AND q.policy = a.policy AND q.whole_tools = a.whole_tools AND q.horizon_start = a.horizon_start AND q.horizon_end = a.horizon_end
                 AND q.yields IS a.yields AND q.measured IS a.measured
               WHERE q.status = 'optimal' AND q.plan <> a.plan AND json_extract(a.options, '$.scenario') IS NULL AND json_extract(q.options, '$.scenario') IS NOT NULL),
     swept AS (SELECT max(s.sweep) AS sweep FROM sweep AS s JOIN plan_hash AS h ON h.plan = :plan AND h.content_sha256 = s.base_sha256),
     rows(kind, number, source, name, scenarios, profit_usd, objective_usd, tools_usd) AS (
       SELECT 1, plan, 'plan ' || plan, scenarios, scenarios, profit_usd, objective_usd, (SELECT total(b.usd) FROM plan_purchase AS b WHERE b.plan = named.plan AND b.event = 'order') FROM named WHERE place = 1
       UNION ALL
       SELECT 2, r.run, 'sweep ' || r.sweep || ', run ' || r.run, r.name, r.scenarios, r.profit_usd, r.objective_usd, (SELECT total(t.usd) FROM sweep_tool AS t WHERE t.sweep = r.sweep AND t.run = r.run)
       FROM sweep_solved AS r JOIN swept ON swept.sweep = r.sweep WHERE r.run > 0
       UNION ALL
       SELECT 3, 0, 'stored scenario', s.name, s.scenario, NULL, NULL, NULL FROM scenario AS s
       WHERE NOT EXISTS (SELECT 1 FROM named WHERE named.scenarios = s.scenario)
         AND NOT EXISTS (SELECT 1 FROM sweep_run AS r JOIN swept ON swept.sweep = r.sweep WHERE r.scenarios = s.scenario))
SELECT json_group_array(json_object('source', source, 'name', name, 'scenarios', scenarios, 'profit_usd', profit_usd, 'objective_usd', objective_usd, 'tools_usd', tools_usd)) AS scenarios
FROM (SELECT * FROM rows ORDER BY kind, number, scenarios);
