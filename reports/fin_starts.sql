-- What the starts of a source in a period cost: their own price and their components.
SELECT q.source_number || '|' || q.number AS key, q.source, q.item, q.period, q.starts, '={cell:fin_drivers.cost' || q.cost_key || '}' AS rate_formula,
       iif(EXISTS (SELECT 1 FROM so JOIN bom ON bom.item = so.item AND (bom.source = q.source OR (bom.source IS NULL AND NOT EXISTS (SELECT 1 FROM bom AS x WHERE x.item = so.item AND x.source = q.source))) AND coalesce(bom.from_date, '') <= q.start_date AND coalesce(bom.to_date, '9999') > q.start_date
                     JOIN (SELECT max(e) AS horizon FROM per) AS h ON q.b + coalesce(bom.at_frac, 0) * q.lead_days < h.horizon
                   WHERE so.source = q.source AND so.consumes_bom = 1), '=SUM({of:fin_components.usd|' || q.source_number || '|' || q.number || '})', NULL)
         AS components_formula,
       (SELECT '=' || group_concat((max(0, min(c.e + c.lead, (SELECT max(e) FROM per)) - c.b - c.lead) / c.days) || iif(c.outputs > 1, '*{of:fin_outputs.split|' || c.source_number || '|' || c.number || '|' || it.n || '}', ''), '+')
        FROM came AS c JOIN it ON it.item = c.item WHERE c.source = q.source AND c.period = q.period) AS arriving_formula
FROM paid AS q
ORDER BY q.source_number, q.number
