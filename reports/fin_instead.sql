,
  c AS (
    SELECT o.n AS of_number, b.number, b.item, b.instead_of, b.period, b.quantity * b.rate AS quantity, it.n, b.period AS period_of, (SELECT period FROM per WHERE number = b.number - 1) AS before,
           EXISTS (SELECT 1 FROM loops AS l WHERE l.item = b.instead_of AND l.part = b.item) AS looped
    FROM stood AS b JOIN it ON it.item = b.item JOIN it AS o ON o.item = b.instead_of)
-- Units that stand for others, at their unit cost (inside a loop: that of the opening stock), by the parts that it is made up of.
SELECT c.of_number || '|' || c.number AS key, c.item, c.instead_of, c.period, c.quantity,
       replace(replace(f.wafers, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS wafers_formula,
       replace(replace(f.assembly, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS assembly_formula,
       replace(replace(f.bought, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS bought_formula,
       replace(replace(f.power, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS power_formula,
       replace(replace(f.tools, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS tools_formula,
       replace(replace(f.stock, 'ITEM', c.n), 'PERIOD', coalesce(c.cost_of, '')) AS stock_formula
FROM (SELECT *, iif(looped, before, period_of) AS cost_of FROM c) AS c JOIN part_formula AS f ON f.opening = (c.looped AND c.before IS NULL)
ORDER BY c.of_number, c.number, c.n
