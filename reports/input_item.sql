-- The input table item as it is now.
SELECT * FROM item ORDER BY item
