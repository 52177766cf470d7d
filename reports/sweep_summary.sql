-- A sweep as a whole.
SELECT 'Runs' AS figure, (SELECT COUNT(*) FROM sweep_run AS r WHERE r.sweep = s.sweep AND r.run > 0) AS value FROM sweep AS s WHERE s.sweep = :sweep
UNION ALL SELECT 'Runs with a plan', COUNT(*) FROM sweep_solved WHERE sweep = :sweep AND run > 0
UNION ALL SELECT 'Runs in which the base''s tools can be had', COUNT(base_tools_usd) FROM sweep_solved WHERE sweep = :sweep AND run > 0
UNION ALL SELECT 'Objective of the base (USD)', objective_usd FROM sweep_run WHERE sweep = :sweep AND run = 0
UNION ALL SELECT 'Mean objective of the runs (USD)', mean FROM sweep_range WHERE sweep = :sweep AND what = 'objective_usd'
UNION ALL SELECT 'Value of knowing (USD)', mean FROM sweep_range WHERE sweep = :sweep AND what = 'regret_usd'
