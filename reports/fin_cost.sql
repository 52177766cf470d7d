,
  costs(part, kind, what, line, period, number, year, quantity, unit, factor, rate, rate_formula) AS (
    SELECT 1, CASE WHEN l.kind IN ('logic', 'memory') THEN 'Wafers' WHEN l.kind = 'packaging' THEN 'Assembly' ELSE 'Bought parts' END, q.source, coalesce(q.line, q.supplier), q.period, q.number, q.year,
           q.starts, 'starts', 1.0, NULL, '={cell:fin_drivers.cost' || q.cost_key || '}'
    FROM paid AS q LEFT JOIN line AS l ON l.line = q.line WHERE q.usd_per_start <> 0 OR EXISTS (SELECT 1 FROM source_cost AS c WHERE c.source = q.source)
    UNION ALL SELECT 2, 'Fixed charges', q.source, coalesce(q.line, q.supplier), q.period, q.number, q.year, q.fixed_usd, 'USD', 1.0, 1.0, NULL FROM paid AS q WHERE q.fixed_usd <> 0
    UNION ALL SELECT 3, 'Substitution', item || ' instead of ' || instead_of, NULL, period, number, year, quantity, 'units', 1.0, NULL, '={cell:fin_drivers.sub' || n || '}' FROM stood
    UNION ALL SELECT 4, 'Holding', item, NULL, period, number, year, closing, 'units at the end', days / {DAYS_PER_YEAR}, NULL, '={cell:fin_drivers.' || held_at || '}*{cell:fin_drivers.value' || n || '}'
      FROM held WHERE closing > {NOTHING} AND unit_value_usd > 0
    UNION ALL SELECT 5, 'Power', site, NULL, period, number, year, energy_mwh, 'MWh', 1.0, NULL, '={cell:fin_drivers.mwh' || mwh_key || '}' FROM powered WHERE energy_mwh > 0
    UNION ALL SELECT 6, 'Removal of tools', b.tool_group, gr.line, b.period, per.number, per.year, b.tools, 'tools', 1.0, NULL, '={cell:fin_drivers.removal' || gr.n || '}'
      FROM plan_purchase AS b JOIN gr ON gr.tool_group = b.tool_group JOIN per ON per.period = b.period WHERE b.plan = :plan AND b.event = 'removal' AND b.tools > {NOTHING}
    UNION ALL SELECT 7, 'Thrown away', item, NULL, period, number, year, discarded, 'units', 1.0, coalesce(unit_discard_usd, 0.0), NULL FROM held WHERE discard_usd <> 0
    UNION ALL SELECT 8, 'Hours moved to alternates', o.tool_group, gr.line, o.period, per.number, per.year, total(o.usd), 'USD', 1.0, 1.0, NULL
      FROM plan_offload AS o JOIN gr ON gr.tool_group = o.tool_group JOIN per ON per.period = o.period WHERE o.plan = :plan GROUP BY o.tool_group, o.period HAVING total(o.usd) <> 0)
-- Every cost of the day but tools: quantity x factor x rate.
SELECT kind, what, line, period, year, substr((SELECT start_date FROM per WHERE per.number = costs.number), 1, 7) AS month, quantity, unit, factor, rate, rate_formula, '={cell:fin_periods.p' || number || '}' AS discount_formula
FROM costs ORDER BY part, number, what
