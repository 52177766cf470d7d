-- The base and the runs.
SELECT run, name, weight, scenarios, status, objective_usd, profit_usd, base_tools_usd, objective_usd - base_tools_usd AS regret_usd, gap, note
FROM sweep_run
WHERE sweep = :sweep
ORDER BY run
