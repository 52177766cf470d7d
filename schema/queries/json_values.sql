-- What one step more of a limit gains: tested by solving again, or what it is worth at most.
-- parameters: :plan the plan
-- columns: what, key, period, step, unit, gain_usd (NULL: not tested), at_most_usd, tested, tie, untested (why not, NULL: it was tested)
SELECT what, key, period, step, unit, gain_usd, at_most_usd, tested, tie, untested
FROM plan_value
WHERE plan = :plan
ORDER BY number;
