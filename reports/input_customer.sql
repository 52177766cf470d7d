-- The input table customer as it is now.
SELECT * FROM customer ORDER BY customer
