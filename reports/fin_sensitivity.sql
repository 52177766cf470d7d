,
  place_of(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place_of WHERE n + 1 < json_array_length(:scenarios)),
  told AS (SELECT value ->> '$.source' AS source, value ->> '$.name' AS name, value ->> '$.scenarios' AS scenarios, value ->> '$.profit_usd' AS profit_usd, value ->> '$.objective_usd' AS objective_usd,
                  value ->> '$.tools_usd' AS tools_usd, n FROM (SELECT n, json_extract(:scenarios, '$[' || n || ']') AS value FROM place_of) WHERE value IS NOT NULL)
-- What each scenario does to the plan, the largest change of the profit first; scenarios without a plan at the end.
SELECT t.name, t.scenarios, t.source, t.profit_usd, p.profit_usd AS base_profit_usd, t.objective_usd, p.objective_usd AS base_objective_usd, t.tools_usd,
       iif(t.profit_usd IS NULL, NULL, '={profit_usd}-{base_profit_usd}') AS change_formula, iif(t.profit_usd IS NULL, NULL, '={objective_usd}-{base_objective_usd}') AS objective_formula,
       iif(t.profit_usd IS NULL, NULL, '=IF({base_profit_usd}=0,0,{change_usd}/ABS({base_profit_usd}))') AS share_formula, iif(t.profit_usd IS NULL, 'no plan of it is stored', NULL) AS note
FROM told AS t, p ORDER BY t.profit_usd IS NULL, abs(t.profit_usd - p.profit_usd) DESC, t.n
