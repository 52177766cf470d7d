,
  coming AS (
    SELECT DISTINCT it.n, t.number FROM came AS c JOIN it ON it.item = c.item JOIN per AS t ON t.e > c.b + c.lead AND t.b < c.e + c.lead),
  instead AS (SELECT DISTINCT it.n, b.number FROM stood AS b JOIN it ON it.item = b.instead_of),
  h AS (
    SELECT h.*, CASE WHEN h.number = 1 AND h.item IN (SELECT item FROM valued) THEN '{cell:fin_drivers.value' || h.n || '}' WHEN h.number = 1 THEN '0' END AS first_cost,
           iif(EXISTS (SELECT 1 FROM coming AS c WHERE c.n = h.n AND c.number = h.number), '+SUM({of:fin_arrivals.PART_usd|' || h.n || '|' || h.number || '})', '') AS made_text,
           iif(EXISTS (SELECT 1 FROM instead AS c WHERE c.n = h.n AND c.number = h.number), '+SUM({of:fin_instead.PART_usd|' || h.n || '|' || h.number || '})', '') AS instead_text
    FROM held AS h WHERE h.item IN (SELECT item FROM moved)),
  -- the mean of one part: PART is its name, BEFORE what the opening stock has of it, MORE what else comes in
  mean AS (SELECT '=IF({opening}+{units_in}<={NOTHING},BEFORE,({opening}*BEFORE' || made_text || instead_text || 'MORE)/({opening}+{units_in}))' AS text, n AS item_number, number AS at FROM h)
-- Item x period: units, what they cost, the weighted mean, and what it is made up of.
SELECT 'i' || h.n AS key, h.item || ' · ' || coalesce(it.name, '') AS label, h.period, h.opening, h.made + h.bought + h.received + h.wip_in + h.substituted_in AS units_in, h.shipped,
       h.consumed + h.substituted_out + h.lots_take AS taken, h.lots_take AS lots, h.discarded, h.closing,
       coalesce('=' || h.first_cost, '={prev:unit_cost}') AS cost_formula,
       CASE WHEN h.number > 1 THEN '={prev:closing_usd}' ELSE '={opening}*{opening_cost}' END AS opening_formula,
       coalesce('=' || nullif(replace(h.made_text, '+SUM({of:fin_arrivals.PART_usd', 'SUM({of:fin_arrivals.usd'), ''), '=0') AS made_formula,
       h.received + h.wip_in AS received, iif(h.received + h.wip_in > {NOTHING}, '={received}*{cell:fin_drivers.value' || h.n || '}', '=0') AS received_formula,
       coalesce('=' || nullif(replace(h.instead_text, '+SUM({of:fin_instead.PART_usd', 'SUM({of:fin_instead.usd'), ''), '=0') AS instead_formula,
       replace(replace(replace(mean.text, 'BEFORE', iif(h.number > 1, '{prev:wafers_cost}', '0')), 'MORE', ''), 'PART', 'wafers') AS wafers_formula,
       replace(replace(replace(mean.text, 'BEFORE', iif(h.number > 1, '{prev:assembly_cost}', '0')), 'MORE', ''), 'PART', 'assembly') AS assembly_formula,
       replace(replace(replace(mean.text, 'BEFORE', iif(h.number > 1, '{prev:bought_cost}', '0')), 'MORE', ''), 'PART', 'bought') AS bought_formula,
       replace(replace(replace(mean.text, 'BEFORE', iif(h.number > 1, '{prev:power_cost}', '0')), 'MORE', ''), 'PART', 'power') AS power_formula,
       replace(replace(replace(mean.text, 'BEFORE', iif(h.number > 1, '{prev:tools_cost}', '0')), 'MORE', ''), 'PART', 'tools') AS tools_formula,
       replace(replace(replace(mean.text, 'BEFORE', iif(h.number > 1, '{prev:stock_cost}', h.first_cost)), 'MORE', iif(h.received + h.wip_in > {NOTHING}, '+{received_usd}', '')), 'PART', 'stock') AS stock_formula
FROM h JOIN it ON it.item = h.item JOIN mean ON mean.item_number = h.n AND mean.at = h.number
ORDER BY h.n, h.number
