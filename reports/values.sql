-- What one step more of a limit gains: of all that can be bought or changed; tested by solving again, or what it is worth at most.
SELECT v.number, v.label,
       v.period, v.step, v.unit, v.gain_usd, v.at_most_usd, iif(v.tested, 'tested', 'worth at most') AS word, v.untested, nullif(v.tie, '') AS tie
FROM plan_step AS v WHERE v.plan = :plan AND v.lever
ORDER BY v.number
