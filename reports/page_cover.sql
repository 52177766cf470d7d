-- What a plan is, in ten facts.
WITH p AS (SELECT * FROM plan WHERE plan = :plan),
     served AS (SELECT sum(quantity * price_usd) AS demanded, sum(shipped * price_usd) AS shipped FROM plan_demand WHERE plan = :plan),
     facts(number, key, label, value, format) AS (
  SELECT 1, 'subject', 'Plan', plan_name || ': plan ' || plan || iif(name = plan_name, '', ' "' || name || '"'), 'text' FROM p
  UNION ALL SELECT 2, 'warning', 'History', 'SIMULATED: yields, measures or lots of this plan are of a history made by fabplan, not measured in a fab', 'text' FROM p WHERE simulated = 1
  UNION ALL SELECT 3, 'horizon', 'Horizon', horizon_start || ' to ' || date(horizon_end, '-1 day'), 'text' FROM p
  UNION ALL SELECT 4, 'policy', 'Policy', policy, 'text' FROM p
  UNION ALL SELECT 5, 'scenario', 'Scenario', json_extract(options, '$.scenario'), 'text' FROM p WHERE json_extract(options, '$.scenario') IS NOT NULL
  UNION ALL SELECT 6, 'status', 'Status', status || ', ' || check_result || ' in exact arithmetic', 'text' FROM p
  UNION ALL SELECT 7, 'objective_usd', 'Objective, discounted', objective_usd, 'usd' FROM p
  UNION ALL SELECT 8, 'profit_usd', 'Profit before penalties of the model, discounted', profit_usd, 'usd' FROM p
  UNION ALL SELECT 9, 'revenue_usd', 'Shipped, not discounted', shipped, 'usd' FROM served
  UNION ALL SELECT 10, 'fill', 'Fill: shipped of demanded value', iif(demanded > 0, shipped / demanded, NULL), 'percent' FROM served
  UNION ALL SELECT 11, 'content_sha256', 'Digest of the plan', content_sha256, 'text' FROM plan_hash WHERE plan = :plan
)
SELECT key, label, value, format FROM facts WHERE value IS NOT NULL ORDER BY number
