,
  told AS (SELECT value ->> '$.source' AS source, value ->> '$.name' AS name, value ->> '$.scenarios' AS scenarios, value ->> '$.profit_usd' AS profit_usd, value ->> '$.objective_usd' AS objective_usd,
                  value ->> '$.tools_usd' AS tools_usd, key AS n FROM json_each(:scenarios))
-- What each stored scenario does to the plan, the largest loss first; scenarios without a plan at the end.
SELECT coalesce(nullif(t.name, ''), t.scenarios) AS name, t.source, t.profit_usd, t.objective_usd, t.tools_usd, p.profit_usd AS base_usd,
       iif(t.profit_usd IS NULL, NULL, '={profit_usd}-{base_usd}') AS change_formula, iif(t.profit_usd IS NULL, 'no plan of it is stored', NULL) AS note
FROM told AS t, p ORDER BY t.profit_usd IS NULL, t.profit_usd, t.n
