-- Chip x year in which it leaves; each part of the unit cost is the mean of that sheet, by what is shipped in each period.
SELECT s.item, coalesce(it.name, s.item) AS name, per.year,
       replace(replace(replace(m.text, 'ITEM', 'i' || it.n), 'YEAR', per.year), 'PART', 'wafers') AS wafers_formula,
       replace(replace(replace(m.text, 'ITEM', 'i' || it.n), 'YEAR', per.year), 'PART', 'assembly') AS assembly_formula,
       replace(replace(replace(m.text, 'ITEM', 'i' || it.n), 'YEAR', per.year), 'PART', 'bought') AS bought_formula,
       replace(replace(replace(m.text, 'ITEM', 'i' || it.n), 'YEAR', per.year), 'PART', 'power') AS power_formula,
       replace(replace(replace(m.text, 'ITEM', 'i' || it.n), 'YEAR', per.year), 'PART', 'tools') AS tools_formula,
       replace(replace(replace(m.text, 'ITEM', 'i' || it.n), 'YEAR', per.year), 'PART', 'stock') AS stock_formula
FROM plan_shipment AS s JOIN per ON per.period = s.period JOIN it ON it.item = s.item
JOIN (SELECT '=IF({units}=0,0,SUMPRODUCT(({axis:fin_unit.start_date}>=DATE(YEAR,1,1))*({axis:fin_unit.start_date}<DATE(YEAR+1,1,1))*{of:fin_unit.shipped|ITEM}*{of:fin_unit.PART_cost|ITEM})/{units})' AS text) AS m
WHERE s.plan = :plan GROUP BY s.item, per.year ORDER BY s.item, per.year
