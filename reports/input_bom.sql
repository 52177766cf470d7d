-- The input table bom as it is now.
SELECT * FROM bom ORDER BY item, component
