-- The input table stock as it is now.
SELECT * FROM stock ORDER BY item
