,
  asked AS (
    SELECT q.*, q.source_number || '|' || q.number AS key,
           EXISTS (SELECT 1 FROM so JOIN bom ON bom.item = so.item AND (bom.source = q.source OR (bom.source IS NULL AND NOT EXISTS (SELECT 1 FROM bom AS x WHERE x.item = so.item AND x.source = q.source)))
                     AND coalesce(bom.from_date, '') <= q.start_date AND coalesce(bom.to_date, '9999') > q.start_date
                     JOIN (SELECT max(e) AS horizon FROM per) AS h ON q.b + coalesce(bom.at_frac, 0) * q.lead_days < h.horizon
                   WHERE so.source = q.source AND so.consumes) AS takes
    FROM paid AS q),
  drawing AS (SELECT DISTINCT e.key FROM energy_of AS e JOIN powered AS w ON w.site = e.site AND w.period = e.period),
  working AS (SELECT DISTINCT key FROM work_of WHERE hours > {NOTHING})
-- What the starts of a source in a period cost: their own price, the power and the tools of their hours, and their components; the same by the parts that it is made up of.
SELECT a.key, a.source, a.item, a.period, a.starts, '={cell:fin_drivers.cost' || a.cost_key || '}' AS rate_formula,
       iif(a.key IN (SELECT key FROM drawing), '=SUM({of:fin_energy.usd|' || a.key || '})', '=0') AS own_power_formula,
       iif(a.key IN (SELECT key FROM working), '=SUM({of:fin_work.usd|' || a.key || '})', '=0') AS own_tools_formula,
       iif(a.takes, '=SUM({of:fin_components.usd|' || a.key || '})', '=0') AS components_formula,
       iif(l.kind IN ('logic', 'memory'), '={own_usd}', '=0') || iif(a.takes, '+SUM({of:fin_components.wafers_usd|' || a.key || '})', '') AS wafers_formula,
       iif(l.kind = 'packaging', '={own_usd}', '=0') || iif(a.takes, '+SUM({of:fin_components.assembly_usd|' || a.key || '})', '') AS assembly_formula,
       iif(coalesce(l.kind, '') NOT IN ('logic', 'memory', 'packaging'), '={own_usd}', '=0') || iif(a.takes, '+SUM({of:fin_components.bought_usd|' || a.key || '})', '') AS bought_formula,
       '={own_power_usd}' || iif(a.takes, '+SUM({of:fin_components.power_usd|' || a.key || '})', '') AS power_formula,
       '={own_tools_usd}' || iif(a.takes, '+SUM({of:fin_components.tools_usd|' || a.key || '})', '') AS tools_formula,
       '=0' || iif(a.takes, '+SUM({of:fin_components.stock_usd|' || a.key || '})', '') AS stock_formula,
       (SELECT '=' || group_concat((max(0, min(c.e + c.lead, (SELECT max(e) FROM per)) - c.b - c.lead) / c.days) || iif(c.outputs > 1, '*{of:fin_outputs.split|' || c.source_number || '|' || c.number || '|' || it.n || '}', ''), '+')
        FROM came AS c JOIN it ON it.item = c.item WHERE c.source = a.source AND c.period = a.period) AS arriving_formula
FROM asked AS a LEFT JOIN line AS l ON l.line = a.line
ORDER BY a.source_number, a.number
