-- The input table die as it is now.
SELECT * FROM die ORDER BY item
