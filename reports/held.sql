-- What the plan changes of the old one it is held to, and why.
SELECT number, name, before, planned, iif(frozen, 'frozen', NULL) AS frozen, usd_per_unit, usd, binding, input
FROM plan_held WHERE plan = :plan AND usd > 0
ORDER BY number;
