-- Levers of a plan for the page: what one step more of each gains, or is worth at most.
SELECT label, period, step, unit, gain_usd, at_most_usd, iif(tested, 'tested', 'worth at most') AS word, nullif(tie, '') AS tie
FROM plan_step WHERE plan = :plan AND lever ORDER BY number
