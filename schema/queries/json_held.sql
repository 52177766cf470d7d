-- What a plan changes of the old one it is held to, and why: frozen decisions first, the dearest first.
-- parameters: :plan the plan
-- columns: name, before, planned, frozen, usd_per_unit, usd (of its own day), binding, input
SELECT name, before, planned, frozen, usd_per_unit, usd, binding, input
FROM plan_held
WHERE plan = :plan AND usd > 0
ORDER BY number;
