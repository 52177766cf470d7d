,
  told AS (SELECT value ->> '$.run' AS run, value ->> '$.name' AS name, value ->> '$.change' AS change, value ->> '$.factor' AS factor, value ->> '$.profit_usd' AS profit_usd, value ->> '$.objective_usd' AS objective_usd,
                  value ->> '$.tools_usd' AS tools_usd FROM json_each(:sweep, '$.budget')),
  budget AS (SELECT max(budget_usd) AS usd FROM plan_budget WHERE plan = :plan),
  point AS (SELECT name, change, factor * budget.usd AS budget_usd, profit_usd, objective_usd, tools_usd FROM told, budget
            UNION ALL SELECT 'this plan', 'as it is', budget.usd, p.profit_usd, p.objective_usd, (SELECT total(usd) FROM plan_purchase WHERE plan = :plan AND event = 'order') FROM p, budget WHERE EXISTS (SELECT 1 FROM told))
-- What more or less money for tools is worth: the plan and the runs of a stored sweep that change nothing but the budget.
SELECT name, change, budget_usd, coalesce(printf('%.4g', budget_usd / 1000000), change) AS label, tools_usd, profit_usd, objective_usd,
       lag(budget_usd) OVER less AS budget_before, lag(profit_usd) OVER less AS profit_before,
       iif(lag(budget_usd) OVER less < budget_usd, '=({profit_usd}-{profit_before})/({budget_usd}-{budget_before})', NULL) AS gain_formula
FROM point WINDOW less AS (ORDER BY budget_usd IS NULL, budget_usd, profit_usd)
 ORDER BY budget_usd IS NULL, budget_usd, profit_usd
