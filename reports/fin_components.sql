-- Components that starts take, at their unit cost in the period of the start.
SELECT q.source_number || '|' || q.number AS key, q.source, q.period, b.component, q.starts * q.gross_units_per_start * b.quantity AS quantity,
       '={at:fin_unit.' || iif(EXISTS (SELECT 1 FROM loops AS l WHERE l.item = coalesce((SELECT max(o.item) FROM source_output AS o JOIN loops AS x ON x.item = o.item AND x.part = b.component WHERE o.source = q.source), q.item) AND l.part = b.component), 'opening_cost', 'unit_cost')
         || '|i' || it.n || '|' || q.period || '}' AS cost_formula
FROM paid AS q JOIN so ON so.source = q.source AND so.consumes_bom = 1 JOIN bom AS b ON b.item = so.item JOIN it ON it.item = b.component
ORDER BY q.source_number, q.number, it.n
