-- The input table substitute as it is now.
SELECT * FROM substitute ORDER BY item, instead_of
