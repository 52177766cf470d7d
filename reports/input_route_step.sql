-- The input table route_step as it is now.
SELECT * FROM route_step ORDER BY route, step
