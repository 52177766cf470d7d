-- Purpose: the base (run 0) and the runs of a sweep.
-- Parameters: :sweep, :most (runs; -1: all). Columns: run, name, weight, scenarios, status, objective_usd, bound_usd, gap, profit_usd, base_tools_usd, regret_usd, note.
SELECT run, name, weight, scenarios, status, objective_usd, bound_usd, gap, profit_usd, base_tools_usd, objective_usd - base_tools_usd AS regret_usd, note
FROM sweep_run
WHERE sweep = :sweep AND (:most < 0 OR run <= :most)
ORDER BY run;
