-- Purpose: no more good die than tested ones; runs are numbered from 1 without gaps, in time, so that the last one is known to be the last; a run of fewer die than the
-- first one is a retest of die that had failed, unless maps say which die they were.
-- Parameters: none. Columns: severity, tbl, row_id (the key, its columns with char(31) between), column, value, message.
SELECT 'finding' AS severity, 'wafer_test' AS tbl, wafer || char(31) || stage || char(31) || run AS row_id, 'good' AS "column", good AS value,
       'must be at most tested ' || tested AS message
FROM wafer_test
WHERE good > tested
UNION ALL
SELECT 'finding', 'wafer_test', wafer || char(31) || stage || char(31) || run, 'run', run, 'must follow run ' || (run - 1) || ', which the wafer does not have (1 is the first test)'
FROM wafer_test AS t
WHERE run > 1 AND NOT EXISTS (SELECT 1 FROM wafer_test AS b WHERE b.wafer = t.wafer AND b.stage = t.stage AND b.run = t.run - 1)
UNION ALL
SELECT 'finding', 'wafer_test', t.wafer || char(31) || t.stage || char(31) || t.run, 'time', t.time, 'must not be before ' || b.time || ' of run ' || b.run
FROM wafer_test AS t
CROSS JOIN wafer_test AS b ON b.wafer = t.wafer AND b.stage = t.stage AND b.run = t.run - 1
WHERE t.run > 1 AND t.time < b.time
UNION ALL
SELECT 'finding', 'wafer_test', wafer || char(31) || stage || char(31) || run, 'tested', tested,
       'must be at most ' || failed || ', the die that had failed before: a run of fewer die than the first one (' || first || ') retests those (or of at least ' || first ||
       ', all of them; or with a map of all die in die_map for each run)'
FROM (SELECT t.wafer, t.stage, t.run, t.tested, f.tested AS first,
             (SELECT w.tested - (SELECT SUM(g.good) FROM wafer_test AS g WHERE g.wafer = t.wafer AND g.stage = t.stage AND g.run >= w.run AND g.run < t.run)
              FROM wafer_test AS w
              WHERE w.wafer = t.wafer AND w.stage = t.stage AND w.run < t.run AND w.tested >= f.tested ORDER BY w.run DESC LIMIT 1) AS failed
      FROM wafer_test AS t
      CROSS JOIN wafer_test AS f ON f.wafer = t.wafer AND f.stage = t.stage AND f.run = 1
      WHERE t.run > 1 AND t.tested < f.tested)
WHERE tested > failed AND (wafer, stage) NOT IN (SELECT m.wafer, m.stage FROM wafer_map AS m);
