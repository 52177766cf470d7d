-- What a plan has taken over from the one that it goes on from; days are counted from its first one, and figures that a kind does not have are NULL.
-- parameters: :plan the plan
-- columns: kind, key, begin_day, end_day, quantity, usd, progress, lead_days, good_units
SELECT kind, key,
       CASE WHEN kind NOT IN ('shipped', 'stock') THEN begin_day END AS begin_day,
       CASE WHEN kind IN ('starts', 'gone') THEN end_day END AS end_day,
       quantity,
       CASE WHEN kind = 'tools' THEN usd END AS usd,
       CASE WHEN kind IN ('starts', 'gone', 'waiting') THEN progress END AS progress,
       CASE WHEN kind IN ('starts', 'gone') THEN lead_days END AS lead_days,
       CASE WHEN kind IN ('starts', 'gone') THEN good_units END AS good_units
FROM plan_taken
WHERE plan = :plan
ORDER BY number;
