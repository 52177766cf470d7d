-- The asked plan if it exists; when none is asked for, the released one, else the newest optimal one, else the newest.
-- parameters: :plan the plan asked for, 0 for none
-- columns: plan, counts (1: it is the asked one, released or optimal)
SELECT p.plan, p.plan = :plan OR p.status = 'optimal' OR p.plan IN (SELECT plan FROM plan_released) AS counts
FROM plan AS p
WHERE p.plan = :plan OR :plan <= 0
ORDER BY p.plan IN (SELECT plan FROM plan_released) DESC, counts DESC, p.plan DESC
LIMIT 1;
