-- The input table process as it is now.
SELECT * FROM process ORDER BY process
