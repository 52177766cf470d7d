-- What the starts of a source in a period cost: their own price and their components.
SELECT q.source_number || '|' || q.number AS key, q.source, q.item, q.period, q.starts, '={cell:fin_drivers.cost' || q.cost_key || '}' AS rate_formula,
       iif(EXISTS (SELECT 1 FROM so JOIN bom ON bom.item = so.item WHERE so.source = q.source AND so.consumes_bom = 1), '=SUM({of:fin_components.usd|' || q.source_number || '|' || q.number || '})', NULL)
         AS components_formula, max(0, min(q.e + q.lead_days, (SELECT max(e) FROM per)) - q.b - q.lead_days) / q.days AS arriving_share
FROM paid AS q
ORDER BY q.source_number, q.number
