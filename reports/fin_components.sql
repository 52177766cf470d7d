,
  -- the bill in force at the start; rows of the source itself count alone
  bill AS (
    SELECT q.source_number, q.number, q.source, q.period, q.b, q.e, q.days, q.lead_days, q.item, m.component, q.starts * q.gross_units_per_start * m.quantity AS quantity, coalesce(m.at_frac, 0.0) * q.lead_days AS after
    FROM paid AS q JOIN so ON so.source = q.source AND so.consumes
    JOIN bom AS m ON m.item = so.item AND coalesce(m.from_date, '') <= q.start_date AND coalesce(m.to_date, '9999') > q.start_date
      AND (m.source = q.source OR (m.source IS NULL AND NOT EXISTS (SELECT 1 FROM bom AS x WHERE x.item = m.item AND x.source = q.source)))),
  taken AS (SELECT k.*, t.period AS taken_in, t.number AS taken_number, max(0, min(k.e + k.after, t.e) - max(k.b + k.after, t.b)) / k.days AS part
            FROM bill AS k JOIN per AS t ON t.e > k.b + k.after AND t.b < k.e + k.after),
  c AS (
    SELECT k.*, it.n, k.taken_in AS period_of, (SELECT period FROM per WHERE number = k.taken_number - 1) AS before,
           EXISTS (SELECT 1 FROM loops AS l JOIN came AS c ON c.item = l.item WHERE c.source = k.source AND c.period = k.period AND l.part = k.component) AS looped
    FROM taken AS k JOIN it ON it.item = k.component WHERE k.part > 0)
-- Components that starts take, at their unit cost in the period in which they are taken (inside a loop: at that of the opening stock), by the parts that it is made up of.
SELECT c.source_number || '|' || c.number AS key, c.source, c.period, c.component, c.taken_in, c.quantity * c.part AS quantity,
       replace(replace(f.wafers, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS wafers_formula,
       replace(replace(f.assembly, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS assembly_formula,
       replace(replace(f.bought, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS bought_formula,
       replace(replace(f.power, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS power_formula,
       replace(replace(f.tools, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS tools_formula,
       replace(replace(f.stock, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS stock_formula
FROM (SELECT *, iif(looped, before, period_of) AS cost_of FROM c) AS c JOIN part_formula AS f ON f.opening = (c.looped AND c.before IS NULL)
ORDER BY c.source_number, c.number, c.n, c.taken_number
