,
  used AS (SELECT DISTINCT coalesce(q.line, q.supplier) AS line FROM paid AS q)
-- Lines and suppliers by year.
SELECT u.line, coalesce(l.name, u.line) AS name, per.year,
       coalesce((SELECT '=SUMPRODUCT(({axis:fin_depreciation.start_date}>=DATE({year},1,1))*({axis:fin_depreciation.start_date}<DATE({year}+1,1,1))*(' || group_concat('{of:fin_depreciation.depreciation_usd|g' || o.n || '}', '+') || '))'
                 FROM (SELECT * FROM owned WHERE line = u.line ORDER BY n) AS o), '=0') AS tools_formula
FROM used AS u LEFT JOIN line AS l ON l.line = u.line CROSS JOIN (SELECT DISTINCT year FROM per) AS per
WHERE u.line IS NOT NULL ORDER BY u.line, per.year
