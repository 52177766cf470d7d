-- Cumulated promises: what is shipped by their dates, before the plan and in it, and what is missing with its penalty, of its own day.
-- parameters: :plan the plan
-- columns: customer, item, by_date, shipped, min_quantity (NULL: nothing is promised), max_quantity (NULL: no limit), behind, usd
SELECT customer, item, by_date, shipped, min_quantity, max_quantity, behind, usd
FROM plan_cumulated
WHERE plan = :plan
ORDER BY customer, item, by_date;
