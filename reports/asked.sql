-- What was asked of the plan after it was made: orders, yields, cycle times, minima, new orders; each tested by solving again, with its own proof.
SELECT v.number, v.label, v.period, v.step, v.unit, v.gain_usd, v.holds_to, v.objective_usd, v.bound_usd, nullif(v.tie, '') AS tie
FROM plan_step AS v WHERE v.plan = :plan AND v.tested AND NOT v.lever
ORDER BY v.number
