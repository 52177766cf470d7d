-- Purpose: what a sweep says as a whole; means by weight over runs with a plan, those with the base's tools over runs in which they can be had.
-- Parameters: :sweep. Columns: sweep, name, created_utc, sweep_sha256, inputs_sha256, results_sha256, runs, solved, draws, seed, base_objective_usd, mean_objective_usd, mean_base_tools_usd, value_of_knowing_usd, base_possible.
SELECT s.sweep, s.name, s.created_utc, s.sweep_sha256, s.inputs_sha256, s.results_sha256,
       (SELECT COUNT(*) FROM sweep_run AS r WHERE r.sweep = s.sweep AND r.run > 0) AS runs,
       (SELECT COUNT(*) FROM sweep_solved AS r WHERE r.sweep = s.sweep AND r.run > 0) AS solved,
       s.draws, s.seed,
       (SELECT r.objective_usd FROM sweep_run AS r WHERE r.sweep = s.sweep AND r.run = 0) AS base_objective_usd,
       (SELECT SUM(r.weight * r.objective_usd) / SUM(r.weight) FROM sweep_solved AS r WHERE r.sweep = s.sweep AND r.run > 0) AS mean_objective_usd,
       (SELECT SUM(r.weight * r.base_tools_usd) / SUM(r.weight) FROM sweep_solved AS r WHERE r.sweep = s.sweep AND r.run > 0 AND r.base_tools_usd IS NOT NULL) AS mean_base_tools_usd,
       (SELECT SUM(r.weight * r.regret_usd) / SUM(r.weight) FROM sweep_solved AS r WHERE r.sweep = s.sweep AND r.run > 0 AND r.regret_usd IS NOT NULL) AS value_of_knowing_usd,
       (SELECT SUM(r.weight) FILTER (WHERE r.base_tools_usd IS NOT NULL) / SUM(r.weight) FROM sweep_solved AS r WHERE r.sweep = s.sweep AND r.run > 0) AS base_possible
FROM sweep AS s
WHERE s.sweep = :sweep;
