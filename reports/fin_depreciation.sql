,
  ends(n, until) AS (VALUES (0, '({axis:start_date}+{axis:days}-D)'), (1, '({axis:start_date}-D)')),
  -- days of life that have passed by the end and by the start of a period: none before the delivery, never more than the life
  passed AS (SELECT group_concat('(' || until || '>0)*((' || until || '<=L)*' || until || '+(' || until || '>L)*L)', '-') AS text FROM (SELECT * FROM ends ORDER BY n))
-- Tool group x period: what is ordered, what is depreciated, book value, and what a used hour bears of it.
SELECT 'g' || o.n AS key, o.tool_group || ' · ' || o.name AS label, per.period, 0.0 AS opening_usd,
       '=SUMPRODUCT(({of:fin_capex.period|g' || o.n || '}={period})*{of:fin_capex.usd|g' || o.n || '})' AS ordered_formula,
       '=SUMPRODUCT({of:fin_capex.usd|g' || o.n || '}/{of:fin_capex.life_days|g' || o.n || '}*('
         || replace(replace((SELECT text FROM passed), 'D', '{of:fin_capex.delivered|g' || o.n || '}'), 'L', '{of:fin_capex.life_days|g' || o.n || '}') || '))' AS depreciation_formula,
       coalesce(c.used_hours, 0.0) AS used_hours
FROM owned AS o CROSS JOIN per LEFT JOIN plan_capacity AS c ON c.plan = :plan AND c.tool_group = o.tool_group AND c.period = per.period
ORDER BY o.n, per.number
