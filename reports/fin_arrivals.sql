,
  outs AS (SELECT q.*, coalesce(o.item, q.item) AS out_item, coalesce(o.share, 1.0) AS share, (SELECT count(*) FROM source_output AS c WHERE c.source = q.source) AS outputs
           FROM paid AS q LEFT JOIN source_output AS o ON o.source = q.source),
  coming AS (
    SELECT o.*, it.n AS item_number, t.period AS arrival, t.number AS arrival_number, max(0, min(o.e + o.lead_days, t.e) - max(o.b + o.lead_days, t.b)) / o.days AS part
    FROM outs AS o JOIN it ON it.item = o.out_item JOIN per AS t ON t.e > o.b + o.lead_days AND t.b < o.e + o.lead_days)
-- What comes out: of which starts, in which period, at which part of their cost.
SELECT item_number || '|' || arrival_number AS key, out_item AS item, arrival, source, period AS started, good_units * share * part AS units, part,
       '={of:fin_starts.usd|' || source_number || '|' || number || '}*{part}' || iif(outputs > 1, '*{of:fin_outputs.split|' || source_number || '|' || item_number || '}', '') AS usd_formula
FROM coming WHERE part > 0
ORDER BY item_number, arrival_number, source_number, number
