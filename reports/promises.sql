-- Promises that the plan breaks, the dearest first.
SELECT kind, key, period, promised, kept, missing, CASE WHEN promised = 0 THEN 0.0 ELSE missing / promised END AS share, penalty_usd
FROM plan_promise WHERE plan = :plan
ORDER BY penalty_usd DESC, kind, key, period
