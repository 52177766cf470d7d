,
  coming AS (
    SELECT DISTINCT it.n, t.number FROM came AS c JOIN it ON it.item = c.item JOIN per AS t ON t.e > c.b + c.lead AND t.b < c.e + c.lead),
  instead AS (SELECT DISTINCT it.n, b.number FROM stood AS b JOIN it ON it.item = b.instead_of)
-- Item x period: units, what they cost, and the weighted mean.
SELECT 'i' || h.n AS key, h.item || ' · ' || coalesce(it.name, '') AS label, h.period, h.opening, h.made + h.bought + h.received + h.wip + h.substituted_in AS units_in, h.shipped,
       h.consumed + h.substituted_out AS taken, h.discarded, h.closing,
       CASE WHEN h.number > 1 THEN '={prev:unit_cost}' WHEN h.item IN (SELECT item FROM valued) THEN '={cell:fin_drivers.value' || h.n || '}' ELSE '=0' END AS cost_formula,
       CASE WHEN h.number > 1 THEN '={prev:closing_usd}' ELSE '={opening}*{opening_cost}' END AS opening_formula,
       iif(EXISTS (SELECT 1 FROM coming AS c WHERE c.n = h.n AND c.number = h.number), '=SUM({of:fin_arrivals.usd|' || h.n || '|' || h.number || '})', '=0') AS made_formula,
       h.received + h.wip AS received, iif(h.received + h.wip > {NOTHING}, '={received}*{cell:fin_drivers.value' || h.n || '}', '=0') AS received_formula,
       iif(EXISTS (SELECT 1 FROM instead AS c WHERE c.n = h.n AND c.number = h.number), '=SUM({of:fin_instead.usd|' || h.n || '|' || h.number || '})', '=0') AS instead_formula
FROM held AS h JOIN it ON it.item = h.item
WHERE h.item IN (SELECT item FROM moved)
ORDER BY h.n, h.number
