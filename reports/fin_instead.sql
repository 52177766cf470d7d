,
  c AS (
    SELECT o.n AS of_number, b.number, b.item, b.instead_of, b.period, b.quantity * b.rate AS quantity, it.n, b.period AS period_of, (SELECT period FROM per WHERE number = b.number - 1) AS before,
           EXISTS (SELECT 1 FROM loops AS l WHERE l.item = b.instead_of AND l.part = b.item) AS looped
    FROM stood AS b JOIN it ON it.item = b.item JOIN it AS o ON o.item = b.instead_of)
-- Units that stand for others, at their unit cost (inside a loop: that of the opening stock), by the parts that it is made up of.
SELECT c.of_number || '|' || c.number AS key, c.item, c.instead_of, c.period, c.quantity,
       replace(c.text, 'PART', 'wafers') AS wafers_formula,
       replace(c.text, 'PART', 'assembly') AS assembly_formula,
       replace(c.text, 'PART', 'bought') AS bought_formula,
       replace(c.text, 'PART', 'power') AS power_formula,
       replace(c.text, 'PART', 'tools') AS tools_formula,
       iif(c.looped AND c.before IS NULL, '={quantity}*{cell:fin_drivers.value' || c.n || '}', replace(c.text, 'PART', 'stock')) AS stock_formula
FROM (SELECT *, CASE WHEN looped AND before IS NULL THEN '=0' ELSE '={quantity}*{at:fin_unit.PART_cost|i' || n || '|' || iif(looped, before, period_of) || '}' END AS text FROM c) AS c
ORDER BY c.of_number, c.number, c.n
