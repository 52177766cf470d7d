-- By customer, chip and year what is shipped over the futures.
SELECT customer, item, year, firm, likely, upside
FROM sweep_promise
WHERE sweep = :sweep
ORDER BY customer, item, year
