-- Purpose: what a plan has taken over from the one that it goes on from.
-- parameters: :plan the plan
-- columns: plan, number, kind, key, begin_day, end_day, quantity, usd, progress, lead_days, good_units, start_date, held, done
SELECT plan, number, kind, key, begin_day, end_day, quantity, usd, progress, lead_days, good_units, start_date, held, done
FROM plan_taken
WHERE plan = :plan
ORDER BY number;
