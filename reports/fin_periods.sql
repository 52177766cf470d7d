-- The periods, and what a dollar of each is worth on the first day.
SELECT 'p' || number AS key, period, start_date, days, year, b AS day FROM per ORDER BY number
