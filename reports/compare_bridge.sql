-- The steps from the profit of the base to that of each other plan; of the answer of a comparison as JSON (:comparison). Level: where a step ends; the columns of the chart stand between two levels.
WITH told AS (SELECT value ->> '$.plan' AS plan, value ->> '$.step' AS step, value ->> '$.usd' AS usd, key AS n FROM json_each(:comparison, '$.bridge')),
named(step, what, note) AS (VALUES ('before', 'Profit of the base', 'as planned'), ('volume', 'Volume', 'all chips grow alike, at prices of the base and unit costs of the plan'),
  ('mix', 'Mix', 'other chips than in the base, at the same prices and costs'), ('price', 'Price', 'units of the plan at its prices, less those of the base'),
  ('yield', 'Yield', 'good units of a start'), ('other', 'Other costs', 'all else: sources and their prices, tools, power, stock, charges'), ('now', 'Profit of the plan', 'the steps add up to it'))
SELECT t.plan, t.plan || t.step AS key, d.what, iif(t.step = 'now', NULL, t.usd) AS value,
       CASE t.step WHEN 'now' THEN (SELECT '=' || group_concat('{cell:compare_bridge.' || b.plan || b.step || '}', '+') FROM (SELECT * FROM told WHERE plan = t.plan AND step <> 'now' ORDER BY n) AS b) END AS formula,
       CASE t.step WHEN 'before' THEN '={value}' WHEN 'now' THEN '={value}'
         ELSE (SELECT '=' || group_concat('{cell:compare_bridge.' || b.plan || b.step || '}', '+') FROM (SELECT * FROM told WHERE plan = t.plan AND n <= t.n ORDER BY n) AS b) END AS level_formula,
       iif(t.step IN ('before', 'now'), '=0', '={level}-{value}') AS from_formula, d.note,
       'What moves the profit from plan ' || (SELECT value ->> '$.plan' FROM json_each(:comparison, '$.plans') LIMIT 1) || ' to plan ' || t.plan AS chart_title
FROM told AS t JOIN named AS d ON d.step = t.step
ORDER BY t.n
