-- The rows by which a plan's policy kept what its stages reached, in the order of the program; of kind served one row for each customer.
-- parameters: :plan the plan
-- columns: number, customer, stage, kind, least, reversed (1: the most of the value is kept, not the least)
SELECT number, customer, stage, kind, least, reversed
FROM plan_kept
WHERE plan = :plan
ORDER BY number, customer;
