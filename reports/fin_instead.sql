-- Units that stand for others, at their unit cost.
SELECT o.n || '|' || b.number AS key, b.item, b.instead_of, b.period, b.quantity * b.rate AS quantity,
       '={at:fin_unit.' || iif(EXISTS (SELECT 1 FROM loops AS l WHERE l.item = b.instead_of AND l.part = b.item), 'opening_cost', 'unit_cost') || '|i' || it.n || '|' || b.period || '}' AS cost_formula
FROM stood AS b JOIN it ON it.item = b.item JOIN it AS o ON o.item = b.instead_of
ORDER BY o.n, b.number, it.n
