,
  -- the bill in force at the start; rows of the source itself count alone
  bill AS (
    SELECT q.source_number, q.number, q.source, q.period, q.b, q.e, q.days, q.lead_days, q.item, m.component, q.starts * q.gross_units_per_start * m.quantity AS quantity, coalesce(m.at_frac, 0.0) * q.lead_days AS after
    FROM paid AS q JOIN so ON so.source = q.source AND so.consumes_bom = 1
    JOIN bom AS m ON m.item = so.item AND coalesce(m.from_date, '') <= q.start_date AND coalesce(m.to_date, '9999') > q.start_date
      AND (m.source = q.source OR (m.source IS NULL AND NOT EXISTS (SELECT 1 FROM bom AS x WHERE x.item = m.item AND x.source = q.source)))),
  taken AS (SELECT k.*, t.period AS taken_in, t.number AS taken_number, max(0, min(k.e + k.after, t.e) - max(k.b + k.after, t.b)) / k.days AS part
            FROM bill AS k JOIN per AS t ON t.e > k.b + k.after AND t.b < k.e + k.after)
-- Components that starts take, at their unit cost in the period in which they are taken.
SELECT k.source_number || '|' || k.number AS key, k.source, k.period, k.component, k.taken_in, k.quantity * k.part AS quantity,
       '={at:fin_unit.' || iif(EXISTS (SELECT 1 FROM loops AS l JOIN came AS c ON c.item = l.item WHERE c.source = k.source AND c.period = k.period AND l.part = k.component), 'opening_cost', 'unit_cost')
         || '|i' || it.n || '|' || k.taken_in || '}' AS cost_formula
FROM taken AS k JOIN it ON it.item = k.component
WHERE k.part > 0
ORDER BY k.source_number, k.number, it.n, k.taken_number
