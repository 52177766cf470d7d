,
  coming AS (
    SELECT c.*, it.n AS item_number, t.period AS arrival, t.number AS arrival_number, max(0, min(c.e + c.lead, t.e) - max(c.b + c.lead, t.b)) / c.days AS part
    FROM came AS c JOIN it ON it.item = c.item JOIN per AS t ON t.e > c.b + c.lead AND t.b < c.e + c.lead)
-- What comes out: of which starts, in which period, at which part of their cost.
SELECT item_number || '|' || arrival_number AS key, item, arrival, source, period AS started, good_units * share * part AS units, part,
       '={of:fin_starts.wafers_usd|' || source_number || '|' || number || '}*{part}' || split AS wafers_formula,
       '={of:fin_starts.assembly_usd|' || source_number || '|' || number || '}*{part}' || split AS assembly_formula,
       '={of:fin_starts.bought_usd|' || source_number || '|' || number || '}*{part}' || split AS bought_formula,
       '={of:fin_starts.power_usd|' || source_number || '|' || number || '}*{part}' || split AS power_formula,
       '={of:fin_starts.tools_usd|' || source_number || '|' || number || '}*{part}' || split AS tools_formula,
       '={of:fin_starts.stock_usd|' || source_number || '|' || number || '}*{part}' || split AS stock_formula
FROM (SELECT *, iif(outputs > 1, '*{of:fin_outputs.split|' || source_number || '|' || number || '|' || item_number || '}', '') AS split FROM coming) WHERE part > 0
ORDER BY item_number, arrival_number, source_number, number
