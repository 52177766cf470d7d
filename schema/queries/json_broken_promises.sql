-- Promises that a plan breaks, dearest first.
-- parameters: :plan the plan
-- columns: kind (min_fill, min_starts), key (demand or source), period, promised, kept, missing, penalty_usd
SELECT kind, key, period, promised, kept, missing, penalty_usd
FROM plan_promise
WHERE plan = :plan
ORDER BY penalty_usd DESC, kind, key, period;
