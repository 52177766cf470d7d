-- The plan in each year.
SELECT 'plan' AS key, (SELECT plan_name FROM p) AS label, CAST(year AS TEXT) AS key_year,
       iif(EXISTS (SELECT 1 FROM owned), '=-SUMPRODUCT(({axis:fin_depreciation.start_date}>=DATE({axis:year},1,1))*({axis:fin_depreciation.start_date}<DATE({axis:year}+1,1,1))*{what:fin_depreciation.depreciation_usd}*{grid:fin_depreciation})', '=0')
         AS tools_formula
FROM per GROUP BY year ORDER BY year
