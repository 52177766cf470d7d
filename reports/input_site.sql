-- The input table site as it is now.
SELECT * FROM site ORDER BY site
