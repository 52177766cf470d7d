-- What a plan changes of the old one it is held to: frozen decisions first, the dearest first; at most 20.
-- parameters: :plan the plan
-- columns: decision, before, planned, frozen, change_usd (of its own day), binding, input (why)
SELECT name AS decision, before, planned, iif(frozen, 'frozen', '') AS frozen, usd AS change_usd, binding, input
FROM plan_held
WHERE plan = :plan AND usd > 0
ORDER BY number
LIMIT 20;
