-- The time axis of the series: one row for each period of the plan, in time.
SELECT period, start_date, days, discount
FROM plan_period
WHERE plan = :plan
ORDER BY number
